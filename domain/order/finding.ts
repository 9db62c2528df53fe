import type { Customer } from "../../contracts/order.ts";

/** What somebody looks for among orders. */
export type Sought =
  | { readonly by: "id"; readonly id: string }
  | { readonly by: "code"; readonly code: string }
  | { readonly by: "table"; readonly table: string }
  | { readonly by: "phone"; readonly phone: string }
  /** All of these, of the customer's name, phone or mail address; or the table, where it may be called so. */
  | { readonly by: "traces"; readonly traces: readonly string[]; readonly table: string | null };

const shortestPrefix = 2;
const longestPrefix = 10;
const mostWords = 6;
const endings = [4, 5, 6, 7, 8] as const;
const longestTable = 20;
/** What may stand before a table's own name. */
const saysTable = /^(?:table|tisch)(?!\p{L})(?:\s*(?:no|nr|number|nummer)(?!\p{L}))?[\s#:.-]*/u;

/**
 * By what an order is found: beginnings of each word of the customer's name, endings of the phone, the mail address and
 * its host. Whoever keeps them keeps keyed hashes of them.
 */
export function tracesOf({ name, phone, email }: Customer): string[] {
  const traces = wordsOf(name).slice(0, mostWords).flatMap(beginningsOf);
  if (phone !== null) {
    const digits = phone.replaceAll(/\D/g, "");
    traces.push(
      ...endings.filter((length) => digits.length >= length).map((length) => `phone ${digits.slice(-length)}`),
    );
  }
  if (email !== null) {
    const address = email.toLowerCase();
    traces.push(`mail ${address}`, `host ${address.slice(address.indexOf("@") + 1)}`);
  }
  return [...new Set(traces)];
}

/** What is meant by what was typed; null where it is too short to mean anything. */
export function soughtIn(typed: string): Sought | null {
  const text = typed.normalize("NFKC").trim();
  if (/^ord_[0-9a-z]+$/.test(text)) return { by: "id", id: text };
  if (/^[A-Za-z]{2}\d{2}$/.test(text)) return { by: "code", code: text.toUpperCase() };
  const table = tableKeyOf(text);
  // Nobody's name has a digit, or one letter only.
  if (saysTable.test(plainly(text)) && /^(?=.*\d)|^.$/u.test(table)) return { by: "table", table };
  if (text.includes("@")) return mailIn(text.toLowerCase());
  const digits = text.replaceAll(/\D/g, "");
  if (/^[+\d\s()./-]+$/.test(text)) {
    if (/^\+[1-9]\d{6,14}$/.test(text.replaceAll(/[^+\d]/g, ""))) return { by: "phone", phone: `+${digits}` };
    if (digits === "") return null;
    if (digits.length < endings[0]) return { by: "table", table };
    // As it is dialled at home it begins otherwise than as it is kept: its end tells it.
    return { by: "traces", traces: [`phone ${digits.slice(-Math.min(digits.length, 8))}`], table: fitting(table) };
  }
  const words = wordsOf(text).filter((word) => word.length >= shortestPrefix || !isLatin(word));
  if (words.length === 0) return /\d/.test(table) && fitting(table) !== null ? { by: "table", table } : null;
  const traces = words.slice(0, mostWords).map((word) => `name ${cut(word)}`);
  return { by: "traces", traces, table: fitting(table) };
}

/** A table's name as it is looked for: `Tisch 07`, `table 7` and `7` are one, and so are `Terrace 3` and `terrace3`. */
export function tableKeyOf(table: string): string {
  const plain = plainly(table);
  const own = plain.replace(saysTable, "");
  return (own === "" ? plain : own).replaceAll(/\s/g, "").replace(/^0+(?=\d)/, "");
}

function plainly(text: string): string {
  return text.normalize("NFKC").trim().toLowerCase();
}

/** null for what is too long to be a table's name. */
function fitting(table: string): string | null {
  return Array.from(table).length > longestTable ? null : table;
}

function mailIn(address: string): Sought | null {
  const [person = "", host = ""] = address.split("@");
  if (person !== "" && host !== "") return { by: "traces", traces: [`mail ${address}`], table: null };
  return person === "" && host !== "" ? { by: "traces", traces: [`host ${host}`], table: null } : null;
}

/** Ada for ada, Łukasz for lukasz and Zoë for zoe: as they are typed in haste. */
function wordsOf(name: string): string[] {
  const plain = name
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("ø", "o")
    .replaceAll("ł", "l")
    .replaceAll("æ", "ae");
  return (
    plain
      .normalize("NFKD")
      .replaceAll(/\p{M}/gu, "")
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

function beginningsOf(word: string): string[] {
  const letters = Array.from(word);
  const first = isLatin(word) ? Math.min(shortestPrefix, letters.length) : 1;
  const last = Math.min(letters.length, longestPrefix);
  return Array.from({ length: last - first + 1 }, (_, at) => `name ${letters.slice(0, first + at).join("")}`);
}

function cut(word: string): string {
  return Array.from(word).slice(0, longestPrefix).join("");
}

function isLatin(word: string): boolean {
  return /^[\p{Script=Latin}\p{N}]+$/u.test(word);
}
