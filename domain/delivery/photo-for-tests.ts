interface Shot {
  readonly width: number;
  readonly height: number;
  /** Segments between the head and the picture. */
  readonly beside?: readonly number[];
  /** Bytes after the end. */
  readonly behind?: readonly number[];
  readonly bytes?: number;
}

/** What has a JPEG's form: a head, a frame of that size, a scan of so many bytes, an end. No viewer shows it. */
export function jpeg({ width, height, beside = [], behind = [], bytes = 8 }: Shot): Uint8Array {
  const word = (value: number): number[] => [value >> 8, value & 0xff];
  const jfif = [0xff, 0xe0, ...word(16), ...Buffer.from("JFIF\0"), 1, 1, 0, 0, 1, 0, 1, 0, 0];
  const frame = [0xff, 0xc0, ...word(11), 8, ...word(height), ...word(width), 1, 1, 0x11, 0];
  const scan = [0xff, 0xda, ...word(8), 1, 1, 0, 0, 63, 0];
  const picture = new Uint8Array(bytes).fill(0x2a);
  return new Uint8Array([0xff, 0xd8, ...jfif, ...beside, ...frame, ...scan, ...picture, 0xff, 0xd9, ...behind]);
}
