/**
 * The version a writer has edited, by its If-Match: null where it does not matter what is overwritten, -1 where the tag
 * is none of ours, which is the version of nothing.
 */
export function overIn(request: Request): number | null {
  const header = request.headers.get("if-match")?.trim();
  if (header === undefined || header === "*") return null;
  const [, version] = /^"(\d{1,15})(?:-[0-9a-f]+)?"$/.exec(header) ?? [];
  return Number(version ?? -1);
}
