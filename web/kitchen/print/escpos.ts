import { inCodePage } from "./code-page.ts";
import { inOneDirection } from "./rows-of-text.ts";
import type { Paper, Slip, SlipLine } from "./slip.ts";

/** Black and white dots, row by row, eight to a byte, the first on the left; rows end on whole bytes. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

/** Draws a line that the printer has no letters for, at most so many dots wide. */
export type Draw = (line: SlipLine, dots: number) => Bitmap | null;

const esc = 0x1b;
const fs = 0x1c;
const gs = 0x1d;
const lineFeed = 0x0a;
/** At 203 dpi, and letters of 12 dots. */
const dotsOf: Readonly<Record<Paper, number>> = { 58: 384, 80: 576 };
const letterDots = 12;
const windows1252 = 16;
/** Of a picture at a time: cheap printers have room for so many, and go on without a gap. */
const bandRows = 240;

/**
 * A slip in ESC/POS, as Epson's printers and most others speak it: reset, one byte a letter, Windows-1252, the lines, four lines of paper,
 * a partial cut. What Windows-1252 cannot say is drawn; where nobody can draw it, it stands as question marks between
 * exclamation marks, so that nobody takes it for the whole text.
 */
export function escpos(slip: Slip, paper: Paper, draw: Draw | null): Uint8Array<ArrayBuffer> {
  // Printers made for China take two bytes for one sign until they are told not to.
  const begin = [esc, 0x40, fs, 0x2e, esc, 0x74, windows1252];
  const lines = slip.flatMap((line) => (line.rule ? rule(paper) : printed(line, paper, draw)));
  return Uint8Array.from([...begin, ...lines, esc, 0x64, 4, gs, 0x56, 66, 0]);
}

function rule(paper: Paper): number[] {
  return [...Array.from({ length: dotsOf[paper] / letterDots }, () => 0x2d), lineFeed];
}

function printed(line: SlipLine, paper: Paper, draw: Draw | null): number[] {
  const { size = "usual", weight = "usual", align = "start", inverse = false } = line;
  const text = inOneDirection(line.text).normalize("NFC");
  const on = [
    ...(align === "center" ? [esc, 0x61, 1] : []),
    ...(weight === "bold" ? [esc, 0x45, 1] : []),
    ...(size === "double" ? [gs, 0x21, 0x11] : []),
    ...(inverse ? [gs, 0x42, 1] : []),
  ];
  const off = [
    ...(inverse ? [gs, 0x42, 0] : []),
    ...(size === "double" ? [gs, 0x21, 0] : []),
    ...(weight === "bold" ? [esc, 0x45, 0] : []),
    ...(align === "center" ? [esc, 0x61, 0] : []),
  ];
  const columns = dotsOf[paper] / letterDots / (size === "double" ? 2 : 1);
  const rows = wrapped(text, columns).map(inCodePage);
  if (rows.every((row) => row !== null)) return [...on, ...rows.flatMap((row) => [...row, lineFeed]), ...off];
  const drawn = draw?.(line, dotsOf[paper]) ?? null;
  if (drawn !== null) return raster(drawn);
  const marked = wrapped(
    `!${Array.from(text, (letter) => (inCodePage(letter) === null ? "?" : letter)).join("")}!`,
    columns,
  );
  return [...on, ...marked.flatMap((row) => [...(inCodePage(row) ?? []), lineFeed]), ...off];
}

/** `GS v 0`: pictures of dots; the bytes of a row and the rows in two bytes each, the lower first. */
function raster({ width, height, bytes }: Bitmap): number[] {
  const across = Math.ceil(width / 8);
  return Array.from({ length: Math.ceil(height / bandRows) }, (_, band) => {
    const from = band * bandRows;
    const rows = Math.min(bandRows, height - from);
    const dots = bytes.subarray(from * across, (from + rows) * across);
    return [gs, 0x76, 0x30, 0, across & 0xff, across >> 8, rows & 0xff, rows >> 8, ...dots];
  }).flat();
}

/** Broken between words, and inside a word that is longer than a row; what comes after stands under what came before. */
export function wrapped(text: string, columns: number): string[] {
  const indent = /^\s*/.exec(text)?.[0] ?? "";
  const rows: string[] = [];
  let row = indent;
  let isBare = true;
  const end = () => {
    rows.push(row);
    row = indent;
    isBare = true;
  };
  for (const word of text.trim().split(/ +/)) {
    if (!isBare && row.length + 1 + word.length > columns) end();
    let rest = word;
    while (row.length + (isBare ? 0 : 1) + rest.length > columns && isBare && columns > indent.length) {
      const room = columns - row.length;
      row += rest.slice(0, room);
      rest = rest.slice(room);
      end();
    }
    row += isBare ? rest : ` ${rest}`;
    isBare = false;
  }
  return [...rows, row];
}
