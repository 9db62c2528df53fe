/** The characters of a file, and how they were written where that is not UTF-8; `null` where it is no text at all. */
export interface FileText {
  readonly text: string;
  readonly writtenIn: "UTF-16" | "Windows-1252" | null;
}

/**
 * Reads a file's bytes as UTF-8, else as the two encodings in which spreadsheets save: UTF-16 ("Unicode text") and
 * Windows-1252 ("CSV"). A byte order mark is not part of the text. Null where it is no text.
 */
export function fileText(bytes: Uint8Array): FileText | null {
  const wide = wideEncoding(bytes);
  if (wide !== null) return { text: new TextDecoder(wide).decode(bytes), writtenIn: "UTF-16" };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes), writtenIn: null };
  } catch {
    // Every byte is a letter in Windows-1252, so what no text has tells that this is none.
    const binary = bytes.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d);
    return binary ? null : { text: new TextDecoder("windows-1252").decode(bytes), writtenIn: "Windows-1252" };
  }
}

/** By its byte order mark; without one, by the zeros that every other byte of plain letters then is. */
function wideEncoding([first, second, third, fourth]: Uint8Array): "utf-16le" | "utf-16be" | null {
  if ((first === 0xff && second === 0xfe) || (second === 0 && fourth === 0 && first !== 0 && third !== 0))
    return "utf-16le";
  if ((first === 0xfe && second === 0xff) || (first === 0 && third === 0 && second !== 0 && fourth !== 0))
    return "utf-16be";
  return null;
}

const known: readonly (readonly [RegExp, string])[] = [
  [/^\s*$/, "The file is empty."],
  [/^%PDF/, "The file is a PDF; send the menu as JSON or CSV."],
  [/^PK(?![ -~])/, "The file is an Excel workbook or another ZIP archive; save the sheet as CSV."],
  [/^\u00d0\u00cf/, "The file is an old Excel or Word file; save the sheet as CSV."],
  [/^\s*</, "The file is HTML or XML; send the menu as JSON or CSV."],
];

/** In words for people, what a file that is no menu seems to be; null where that cannot be told. */
export function whatElse(start: string): string | null {
  return known.find(([looks]) => looks.test(start))?.[1] ?? null;
}

/** The first characters of a file, whatever it is, byte by byte. */
export function startOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 8));
}
