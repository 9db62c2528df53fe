/** The rows of a CSV file (RFC 4180) by the names of its first line. */
export function parseTable(csv: string): { columns: string[]; rows: Record<string, string>[] } {
  const [head = [], ...body] = cells(csv.replace(/^\ufeff/, ""));
  const columns = head.map((name) => name.trim());
  const filled = body.filter((row) => row.some((cell) => cell !== ""));
  return { columns, rows: filled.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at] ?? ""]))) };
}

function cells(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  // A field, quoted or not, and what ends it.
  for (const [all, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    if (all === "" && row.length === 0) break;
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
