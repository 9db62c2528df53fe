/** Narrower or lower than this shows nothing, larger was not made smaller for us. In pixels. */
const leastSide = 16;
const mostSide = 10_000;

export interface Photo {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/**
 * A photo as it may be kept: a JPEG (ITU-T T.81) without what cameras write beside the picture, such as where and when
 * it was taken, and without anything behind its end. Null where the bytes are none.
 */
export function photoIn(bytes: Uint8Array): Photo | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let size: { width: number; height: number } | null = null;
  let at = 2;
  while (at + 4 <= bytes.length) {
    const marker = bytes[at + 1] ?? 0;
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    const segment = bytes.subarray(at, at + 2 + length);
    if (bytes[at] !== 0xff || marker < 0xc0 || length < 2 || segment.length !== 2 + length) return null;
    if (isFrame(marker)) size ??= sizeOf(segment);
    if (marker === startOfScan) return size === null ? null : ended(bytes, at, kept, size);
    if (!isAside(marker)) kept.push(segment);
    at += 2 + length;
  }
  return null;
}

const startOfScan = 0xda;

/** From the first scan on there is nothing but picture, up to the last end of it. */
function ended(
  bytes: Uint8Array,
  from: number,
  kept: readonly Uint8Array[],
  { width, height }: { width: number; height: number },
): Photo | null {
  const end = lastEnd(bytes);
  const isSeen = [width, height].every((side) => side >= leastSide && side <= mostSide);
  if (end <= from || !isSeen) return null;
  return { bytes: joined([...kept, bytes.subarray(from, end)]), width, height };
}

/** Start of frame: every coding but those of tables (DHT, DAC) and the one reserved (JPG). */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** What applications write for themselves, and comments. JFIF and Adobe's say how the colours are meant. */
function isAside(marker: number): boolean {
  return marker === 0xfe || (marker >= 0xe1 && marker <= 0xef && marker !== 0xee);
}

function sizeOf(frame: Uint8Array): { width: number; height: number } | null {
  if (frame.length < 9) return null;
  const word = (at: number): number => ((frame[at] ?? 0) << 8) | (frame[at + 1] ?? 0);
  return { height: word(5), width: word(7) };
}

function lastEnd(bytes: Uint8Array): number {
  for (let at = bytes.length - 2; at > 0; at -= 1) if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return at + 2;
  return 0;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
