import type { Bitmap } from "./escpos.ts";
import type { SlipLine } from "./slip.ts";

const usualPx = 26;

/** Draws a line as dots, broken between words: any script this device has a face for. */
export function draw({ text, size, weight, align, inverse }: SlipLine, dots: number): Bitmap | null {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (pen === null) return null;
  const px = size === "double" ? usualPx * 2 : usualPx;
  const font = `${weight === "bold" ? 700 : 400} ${px}px sans-serif`;
  pen.font = font;
  const rows = broken(text, dots, (row) => pen.measureText(row).width);
  const height = Math.ceil(px * 1.3);
  canvas.width = dots;
  canvas.height = height * rows.length;
  pen.fillStyle = inverse === true ? "#000" : "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = inverse === true ? "#fff" : "#000";
  pen.font = font;
  pen.textBaseline = "middle";
  pen.textAlign = align === "center" ? "center" : "start";
  const rightToLeft = /\p{Script=Arabic}|\p{Script=Hebrew}/u.test(text);
  pen.direction = rightToLeft ? "rtl" : "ltr";
  const from = align === "center" ? dots / 2 : rightToLeft ? dots : 0;
  for (const [at, row] of rows.entries()) pen.fillText(row, from, height * (at + 0.5));
  return dotsOf(pen.getImageData(0, 0, canvas.width, canvas.height));
}

function broken(text: string, dots: number, width: (row: string) => number): string[] {
  // Some scripts have no spaces between words.
  const words = [...new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)].map(({ segment }) => segment);
  const rows: string[] = [];
  let row = "";
  for (const word of words) {
    if (row !== "" && width(row + word) > dots) {
      rows.push(row);
      row = word.trimStart();
    } else row += word;
  }
  return [...rows, row];
}

/** Dark is printed. */
function dotsOf({ width, height, data }: ImageData): Bitmap {
  const across = Math.ceil(width / 8);
  const bytes = new Uint8Array(across * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * across + (x >> 3);
      if ((data[(y * width + x) * 4] ?? 255) < 128) bytes[at] = (bytes[at] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return { width, height, bytes };
}
