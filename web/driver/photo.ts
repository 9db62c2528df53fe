import { largestPhoto } from "../../contracts/delivery.ts";

/** A photo as it is sent: a small JPEG in base64, without what the camera wrote beside the picture. */
export interface Photo {
  readonly base64: string;
  readonly picture: HTMLCanvasElement;
}

/** Longest sides in pixels and qualities, the best first: what fits is sent. */
const tries = [
  [1_280, 0.75],
  [1_280, 0.55],
  [1_024, 0.55],
  [800, 0.5],
  [640, 0.4],
] as const;

/** The photo in a file of whatever size and kind this browser can read; null where it is none. */
export async function photoFrom(file: Blob): Promise<Photo | null> {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (bitmap === null) return null;
  for (const [side, quality] of tries) {
    const picture = scaled(bitmap, side);
    const [, base64 = ""] = picture.toDataURL("image/jpeg", quality).split(",");
    if (base64 !== "" && (base64.length / 4) * 3 <= largestPhoto) return { base64, picture };
  }
  return null;
}

function scaled(bitmap: ImageBitmap, longest: number): HTMLCanvasElement {
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(16, Math.round(bitmap.width * scale));
  canvas.height = Math.max(16, Math.round(bitmap.height * scale));
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}
