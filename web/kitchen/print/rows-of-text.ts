const isolateBegins = "\u2068";
const isolateEnds = "\u2069";
const isolate = /\u2068[^\u2069]*\u2069?/g;
const isolates = /[\u2068\u2069]/g;
const fromTheRight = /^\p{Script=Arabic}|^\p{Script=Hebrew}|^\p{Script=Syriac}|^\p{Script=Thaana}|^\p{Script=Nko}/u;

/** Which way a line is read: as its first letter that is not of a name put into it. */
export function directionOf(text: string): "ltr" | "rtl" {
  const first = /\p{L}.*/su.exec(text.replaceAll(isolate, ""))?.[0] ?? "";
  return fromTheRight.test(first) ? "rtl" : "ltr";
}

/** The text without the marks that keep a name's direction its own: for what knows one direction only. */
export function inOneDirection(text: string): string {
  return text.replaceAll(isolates, "");
}

/**
 * Breaks a line into rows of at most `room` by `width`: between words, in scripts without spaces too, and inside a word
 * that is longer than a row. A name that goes on in the next row keeps its direction there.
 */
export function rowsOfText(text: string, room: number, width: (row: string) => number): string[] {
  const rows: string[] = [];
  let row = "";
  const put = (part: string) => {
    if (row.replaceAll(isolates, "").trim() === "" || width(row + part) <= room) return void (row += part);
    const isInside = row.lastIndexOf(isolateBegins) > row.lastIndexOf(isolateEnds);
    rows.push(isInside ? row.trimEnd() + isolateEnds : row.trimEnd());
    row = (isInside && part !== isolateEnds ? isolateBegins : "") + part.trimStart();
  };
  for (const word of parts(text, "word")) {
    if (width(word) <= room) put(word);
    else for (const sign of parts(word, "grapheme")) put(sign);
  }
  return [...rows, row];
}

function parts(text: string, granularity: "word" | "grapheme"): string[] {
  return [...new Intl.Segmenter(undefined, { granularity }).segment(text)].map(({ segment }) => segment);
}
