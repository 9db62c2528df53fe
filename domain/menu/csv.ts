/** One cell of a CSV row by its column's name. */
export interface CsvRow {
  /** As a spreadsheet counts: the header is row 1. */
  readonly number: number;
  readonly cells: Readonly<Record<string, string>>;
}

export interface Csv {
  readonly delimiter: "," | ";" | "\t" | "|";
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
  /** Rows whose number of cells differs from the header's, and a quote that is never closed. */
  readonly faults: readonly { readonly row: number; readonly detail: string }[];
}

/**
 * Reads RFC 4180 text, and what spreadsheets make of it: a byte order mark, CRLF or CR or LF, semicolons or tabs between
 * cells, blank lines. Column names are lower-cased. Never throws.
 */
export function parseCsv(text: string): Csv {
  const plain = text.replace(/^\ufeff/, "");
  // Excel's own first line, which says what stands between cells. It counts as a row.
  const told = /^sep=([,;\t|])\r?\n/i.exec(plain);
  const body = told === null ? plain : plain.slice(told[0].length);
  const delimiter = candidates.find((each) => each === told?.[1]) ?? delimiterOf(body);
  const { records, unclosed } = recordsOf(body, delimiter);
  const before = told === null ? 1 : 2;
  const header = (records[0] ?? []).map((name) => name.trim().toLowerCase());
  const faults: { row: number; detail: string }[] = [];
  const rows = records.slice(1).flatMap((record, at): CsvRow[] => {
    const number = at + 1 + before;
    if (record.every((cell) => cell.trim() === "")) return [];
    if (record.length > header.length) {
      faults.push({ row: number, detail: `${record.length} cells under ${header.length} headings.` });
    }
    const cells = header.flatMap((name, column) => (name === "" ? [] : [[name, (record[column] ?? "").trim()]]));
    return [{ number, cells: Object.fromEntries(cells) }];
  });
  if (unclosed) faults.push({ row: records.length - 1 + before, detail: "A quote is never closed." });
  return { delimiter, columns: header, rows, faults };
}

const candidates = [",", ";", "\t", "|"] as const;

function delimiterOf(body: string): Csv["delimiter"] {
  const line = /^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(body)?.[0].replace(/"(?:[^"]|"")*"/g, "") ?? "";
  const count = (delimiter: string) => line.split(delimiter).length;
  return candidates.reduce((best, each) => (count(each) > count(best) ? each : best));
}

function recordsOf(body: string, delimiter: string): { records: string[][]; unclosed: boolean } {
  const records: string[][] = [];
  let record: string[] = [];
  let cell = "";
  let quoted = false;
  const endCell = () => {
    record.push(cell);
    cell = "";
  };
  const endRecord = () => {
    endCell();
    records.push(record);
    record = [];
  };
  for (let at = 0; at < body.length; at += 1) {
    const letter = body[at] ?? "";
    if (quoted && letter === '"' && body[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (quoted && letter === '"') quoted = false;
    else if (quoted) cell += letter;
    // A quote opens a cell only at its start: 12" is a size.
    else if (letter === '"' && cell.trim() === "") {
      cell = "";
      quoted = true;
    } else if (letter === delimiter) endCell();
    else if (letter === "\n" || letter === "\r") {
      if (letter === "\r" && body[at + 1] === "\n") at += 1;
      endRecord();
    } else cell += letter;
  }
  if (cell !== "" || record.length > 0) endRecord();
  return { records, unclosed: quoted };
}
