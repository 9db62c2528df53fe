import { heaviestLoad, Language, type Text } from "../../contracts/menu.ts";
import type { Cursor } from "./cursor.ts";
import type { FaultLog } from "./fault-log.ts";
import { withoutMarkup } from "./plain-words.ts";

/** The elements standing there. Nothing and null are an empty list; whatever else is no list is reported. */
export function readList(at: Cursor, log: FaultLog): Cursor[] {
  if (at.isList || at.missing) return at.list();
  const fields = at.fields();
  // So PHP writes a list from which something was taken out: { "0": …, "2": … }.
  if (fields.length > 0 && fields.every(([key]) => /^\d+$/.test(key))) {
    log.mended(at.path, "list-as-object", "The list is written as an object with numbers.", "read as a list");
    return fields.map(([, each]) => each);
  }
  log.mended(at.path, "list-unreadable", `${at.shown()} is not a list.`, "taken as empty");
  return [];
}

/** The words standing there in one clean line, cut to `longest` characters; null where there are none. */
export function readWords(at: Cursor, longest: number, log: FaultLog): string | null {
  const { value } = at;
  if (value === undefined || value === null) return null;
  if (typeof value !== "string" && typeof value !== "number") {
    log.mended(at.path, "text-unreadable", `${at.shown()} is not text.`, "taken as empty");
    return null;
  }
  if (typeof value === "number") log.mended(at.path, "text-as-number", `${value} is a number.`, "taken as text");
  const plain = withoutMarkup(String(value));
  if (plain !== String(value)) log.mended(at.path, "markup", "It is written with HTML.", "read as plain text");
  const words = plain
    .toWellFormed()
    .normalize("NFC")
    // Control characters and invisible joints would make two equal names differ, or break a printed ticket.
    .replace(/[\p{Cc}\u200b\ufeff\s]+/gu, " ")
    .trim();
  if (words.length <= longest) return words === "" ? null : words;
  log.mended(at.path, "text-too-long", `${words.length} characters, at most ${longest} are kept.`, "cut short");
  return words.slice(0, longest).toWellFormed().trim();
}

/** Words by language, from an object such as { "de": "Suppe" }; a bare string is taken as the first language's. */
export function readText(at: Cursor, languages: readonly Language[], longest: number, log: FaultLog): Text {
  const text: Text = {};
  if (typeof at.value === "string" || typeof at.value === "number") {
    const words = readWords(at, longest, log);
    if (words === null) return text;
    log.mended(at.path, "text-without-language", "The text names no language.", `taken as ${languages[0] ?? "en"}`);
    return { [languages[0] ?? "en"]: words };
  }
  if (!at.missing && !at.isObject) {
    log.mended(at.path, "text-unreadable", `${at.shown()} is not text by language.`, "taken as empty");
  }
  for (const [tag, field] of at.fields()) {
    const words = readWords(field, longest, log);
    const language = languageTag(tag);
    if (language === null) log.mended(field.path, "language-unknown", `${tag} is no language tag.`, "left out");
    else if (words !== null) text[language] = words;
  }
  return text;
}

/** "pt_br" → "pt-BR", "EN" → "en"; null for what is no BCP 47 tag. */
export function languageTag(raw: unknown): Language | null {
  if (typeof raw !== "string") return null;
  const [primary = "", ...rest] = raw.trim().replaceAll("_", "-").split("-");
  const tag = [primary.toLowerCase(), ...rest.map((part) => (part.length === 2 ? part.toUpperCase() : part))].join("-");
  return Language.safeParse(tag).success ? tag : null;
}

/** A whole number between `low` and `high`, else `otherwise`, reported unless nothing stands there. */
export function readCount<T extends number | null>(
  at: Cursor,
  { low, high, otherwise }: { low: number; high: number; otherwise: T },
  log: FaultLog,
): number | T {
  const { value } = at;
  if (value === undefined || value === null || value === "") return otherwise;
  const count = typeof value === "string" && /^\s*[+-]?\d{1,15}(\.0*)?\s*$/.test(value) ? Number(value) : value;
  if (typeof count === "number" && Number.isInteger(count) && count >= low && count <= high) return count;
  const nearest = typeof count === "number" && Number.isFinite(count) ? Math.round(count) : null;
  const taken = nearest === null ? otherwise : Math.min(high, Math.max(low, nearest));
  const wanted = `a whole number from ${low} to ${high}`;
  log.mended(at.path, "count-unusable", `${at.shown()} is not ${wanted}.`, `taken as ${taken ?? "none"}`);
  return taken;
}

/** How many ordinary deliveries one of it is worth, where it says so. */
export function readLoad(at: Cursor, log: FaultLog): { load?: number } {
  const load = readCount(at.at("load"), { low: 1, high: heaviestLoad, otherwise: null }, log);
  return load === null ? {} : { load };
}

const yes = new Set<unknown>([true, 1, "true", "yes", "y", "1", "x", "ja", "si", "sí", "oui", "sim"]);
const no = new Set<unknown>([false, 0, "false", "no", "n", "0", "", "nein", "non", "não"]);

export function readFlag(at: Cursor, otherwise: boolean, log: FaultLog): boolean {
  const value = typeof at.value === "string" ? at.value.trim().toLowerCase() : at.value;
  if (value === undefined || value === null || value === "") return otherwise;
  if (yes.has(value)) return true;
  if (no.has(value)) return false;
  log.mended(
    at.path,
    "flag-unreadable",
    `${at.shown()} is neither yes nor no.`,
    `taken as ${otherwise ? "yes" : "no"}`,
  );
  return otherwise;
}

/** A web address of a photo, or null. */
export function readPhoto(at: Cursor, log: FaultLog): string | null {
  if (at.missing || at.value === "") return null;
  const { value } = at;
  if (typeof value === "string" && value.length <= 2048 && URL.canParse(value) && /^https?:\/\/[^\s]+$/.test(value)) {
    return value;
  }
  log.mended(at.path, "photo-unusable", `${at.shown()} is no web address.`, "sold without a photo");
  return null;
}

/** The members of a closed list of words; what is not one of them is reported and left out. */
export function readWordsOf<T extends string>(ats: readonly Cursor[], known: readonly T[], log: FaultLog): T[] {
  const found = new Set<T>();
  for (const at of ats) {
    const word = known.find((each) => typeof at.value === "string" && each === at.value.trim().toLowerCase());
    if (word !== undefined) found.add(word);
    else log.mended(at.path, "word-unknown", `${at.shown()} is none of ${known.join(", ")}.`, "left out");
  }
  return [...found];
}
