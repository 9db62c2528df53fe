import { MenuKey } from "../../contracts/ids.ts";

/**
 * A key made from an id as another system writes it, always the same for the same id; null where there is none.
 * What a key may not hold becomes a hyphen, and a mark of the whole id is added so that two ids stay two.
 */
export function keyFrom(raw: unknown, prefix = ""): MenuKey | null {
  if (typeof raw === "number" ? !Number.isFinite(raw) : typeof raw !== "string" || raw.trim() === "") return null;
  const plain = prefix + String(raw).trim();
  if (MenuKey.safeParse(plain).success) return plain;
  const readable = plain
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^A-Za-z0-9._:]+/g, "-")
    .replace(/^[^A-Za-z0-9]+|-+$/g, "")
    .slice(0, 70);
  return `${readable === "" ? "x" : readable}-${mark(plain)}`;
}

/** A key made from a name, for what came without an id: "Crème brûlée" → "creme-brulee". */
export function keyFromName(name: string, prefix: string): MenuKey {
  const readable = name
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 70);
  // Names in other scripts leave nothing readable behind.
  const key = prefix + readable;
  if (readable.length < 2 || !/[a-z]/.test(readable)) return prefix + mark(name);
  return MenuKey.safeParse(key).success ? key : `${key}-${mark(name)}`;
}

/** The key itself, or the key with the first number that makes it one of its own. */
export function distinct(key: MenuKey, taken: { has(key: MenuKey): boolean }): MenuKey {
  if (!taken.has(key)) return key;
  for (let count = 2; ; count += 1) {
    const other = `${key.slice(0, 88)}-${count}`;
    if (!taken.has(other)) return other;
  }
}

/** FNV-1a, 32 bit: tells ids apart, protects nothing. Source: http://www.isthe.com/chongo/tech/comp/fnv */
function mark(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}
