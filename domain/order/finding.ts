import type { Customer } from "../../contracts/order.ts";

/** What somebody looks for among orders. */
export type Sought =
  | { readonly by: "id"; readonly id: string }
  | { readonly by: "code"; readonly code: string }
  | { readonly by: "phone"; readonly phone: string }
  /** All of these, of the customer's name, phone or mail address. */
  | { readonly by: "traces"; readonly traces: readonly string[] };

const shortestPrefix = 2;
const longestPrefix = 10;
const mostWords = 6;
const endings = [4, 5, 6, 7, 8] as const;

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
  const text = typed.trim();
  if (/^ord_[0-9a-z]+$/.test(text)) return { by: "id", id: text };
  if (/^[A-Za-z]{2}\d{2}$/.test(text)) return { by: "code", code: text.toUpperCase() };
  if (text.includes("@")) return mailIn(text.toLowerCase());
  const digits = text.replaceAll(/\D/g, "");
  if (/^[+\d\s()./-]+$/.test(text)) {
    if (/^\+[1-9]\d{6,14}$/.test(text.replaceAll(/[^+\d]/g, ""))) return { by: "phone", phone: `+${digits}` };
    if (digits.length < endings[0]) return null;
    // As it is dialled at home it begins otherwise than as it is kept: its end tells it.
    return { by: "traces", traces: [`phone ${digits.slice(-Math.min(digits.length, 8))}`] };
  }
  const words = wordsOf(text).filter((word) => word.length >= shortestPrefix || !isLatin(word));
  if (words.length === 0) return null;
  return { by: "traces", traces: words.slice(0, mostWords).map((word) => `name ${cut(word)}`) };
}

function mailIn(address: string): Sought | null {
  const [person = "", host = ""] = address.split("@");
  if (person !== "" && host !== "") return { by: "traces", traces: [`mail ${address}`] };
  return person === "" && host !== "" ? { by: "traces", traces: [`host ${host}`] } : null;
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
