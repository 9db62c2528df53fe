/** Twenty consonants: no word comes out of them, and none is taken for a digit (RFC 8628 §6.1). */
const letters = "BCDFGHJKLMNPQRSTVWXZ";

/** Eight letters as `XXXX-XXXX`, 34 bits, from random bytes; a byte that would favour some letters is passed over. */
export function userCodeFrom(bytes: Iterable<number>): string | null {
  let code = "";
  for (const byte of bytes) {
    if (byte >= 240) continue;
    code += letters.charAt(byte % 20);
    if (code.length === 8) return `${code.slice(0, 4)}-${code.slice(4)}`;
  }
  return null;
}

/** What a person typed, as `XXXX-XXXX`: case, hyphens and spaces do not matter. Null when it can be no code. */
export function userCodeOf(typed: string): string | null {
  const plain = typed.toUpperCase().replaceAll(/[\s-]/g, "");
  return /^[BCDFGHJKLMNPQRSTVWXZ]{8}$/.test(plain) ? `${plain.slice(0, 4)}-${plain.slice(4)}` : null;
}
