import type { Bitmap } from "./escpos.ts";
import { directionOf, rowsOfText } from "./rows-of-text.ts";
import type { SlipLine } from "./slip.ts";

const usualPx = 26;
/** Between a row's lowest dot and the next one's highest, and at both ends. */
const leadingPx = 6;

/** Draws a line as dots, broken between words: any script this device has a face for, each with all of its marks. */
export function draw({ text, size, weight, align, inverse = false }: SlipLine, dots: number): Bitmap | null {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (pen === null) return null;
  const px = size === "double" ? usualPx * 2 : usualPx;
  const direction = directionOf(text);
  const set = () => {
    pen.font = `${weight === "bold" ? 700 : 400} ${px}px sans-serif`;
    pen.direction = direction;
    pen.textAlign = align === "center" ? "center" : "start";
  };
  set();
  const rows = rowsOfText(text, dots, (row) => pen.measureText(row).width).map((row) => {
    const { actualBoundingBoxAscent, actualBoundingBoxDescent } = pen.measureText(row);
    const [above, below] = [Math.max(actualBoundingBoxAscent, px * 0.75), Math.max(actualBoundingBoxDescent, px * 0.2)];
    return { row, above, height: Math.ceil(above + below) + leadingPx };
  });
  canvas.width = dots;
  canvas.height = rows.reduce((sum, { height }) => sum + height, 0);
  const [ground, ink] = inverse ? ["#000", "#fff"] : ["#fff", "#000"];
  pen.fillStyle = ground;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  // What a canvas is set to goes with its size.
  set();
  pen.fillStyle = ink;
  const from = align === "center" ? dots / 2 : direction === "rtl" ? dots : 0;
  let top = 0;
  for (const { row, above, height } of rows) {
    pen.fillText(row, from, top + leadingPx / 2 + above);
    top += height;
  }
  return dotsOf(pen.getImageData(0, 0, canvas.width, canvas.height), inverse);
}

/** Dark is printed; signs in colours are printed, too, and left out of what is white on black. */
function dotsOf({ width, height, data }: ImageData, inverse: boolean): Bitmap {
  const across = Math.ceil(width / 8);
  const bytes = new Uint8Array(across * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = (y * width + x) * 4;
      const colours = data.subarray(from, from + 3);
      const light = inverse ? Math.max(...colours) : Math.min(...colours);
      const at = y * across + (x >> 3);
      if (light < 128) bytes[at] = (bytes[at] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return { width, height, bytes };
}
