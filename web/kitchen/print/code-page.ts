/** Windows-1252 beyond ASCII and Latin-1: what stands at 0x80 to 0x9f; a full stop where nothing does. */
const upper = "€.‚ƒ„…†‡ˆ‰Š‹Œ.Ž..‘’“”•–—˜™š›œ.žŸ";

/** Letters that do not come apart into a letter and its mark. */
const plain: Readonly<Record<string, string>> = {
  ł: "l", Ł: "L", đ: "d", Đ: "D", ı: "i", İ: "I", ħ: "h", Ħ: "H", ŋ: "n", ĸ: "k", ſ: "s", "ﬁ": "fi", "ﬂ": "fl",
  "−": "-", "‐": "-", "‑": "-", "′": "'", "″": '"', "→": "->", "←": "<-", "✓": "v", "✕": "x", "\u202f": " ", "\u2009": " ",
}; // prettier-ignore

/**
 * The text in Windows-1252, a byte for each letter; letters with marks it does not know lose the mark. Null where there is
 * something it cannot say at all, as any other script: such a line has to be drawn.
 */
export function inCodePage(text: string): number[] | null {
  const bytes: number[] = [];
  for (const letter of text.normalize("NFC")) {
    const byte = byteOf(letter);
    const found = byte === null ? bareBytes(letter) : [byte];
    if (found === null) return null;
    bytes.push(...found);
  }
  return bytes;
}

function byteOf(letter: string): number | null {
  const point = letter.codePointAt(0) ?? 0;
  if ((point >= 0x20 && point < 0x7f) || (point >= 0xa0 && point <= 0xff)) return point;
  const at = letter === "." ? -1 : upper.indexOf(letter);
  return at === -1 ? null : 0x80 + at;
}

function bareBytes(letter: string): number[] | null {
  const bare = plain[letter] ?? letter.normalize("NFD").replaceAll(/\p{Mn}/gu, "");
  const bytes = Array.from(bare, byteOf);
  if (bare === letter) return null;
  return bytes.some((byte) => byte === null) ? null : bytes.filter((byte) => byte !== null);
}
