const marks: Readonly<Record<string, string>> = {
  grave: "\u0300", acute: "\u0301", circ: "\u0302", tilde: "\u0303", uml: "\u0308", ring: "\u030a", cedil: "\u0327",
}; // prettier-ignore

const signs: Readonly<Record<string, string>> = {
  amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", szlig: "ß", oslash: "ø", Oslash: "Ø", aelig: "æ", AElig: "Æ",
  oelig: "œ", OElig: "Œ", lsquo: "‘", rsquo: "’", sbquo: "‚", ldquo: "“", rdquo: "”", bdquo: "„", laquo: "«", raquo: "»",
  ndash: "–", mdash: "—", hellip: "…", bull: "•", middot: "·", deg: "°", frac12: "½", frac14: "¼", frac34: "¾", times: "×",
  reg: "®", copy: "©", trade: "™", euro: "€", pound: "£", yen: "¥", cent: "¢", iexcl: "¡", iquest: "¿", ordm: "º", ordf: "ª",
}; // prettier-ignore

const tags =
  /<\/?(?:p|br|hr|b|i|u|s|em|strong|span|div|ul|ol|li|a|h[1-6]|font|sup|sub|small|big|img)(?:\s[^<>]*)?\/?>/gi;

/** Words that were written for a browser as people read them: "Fish &amp; <b>Chips</b>" → "Fish & Chips". */
export function withoutMarkup(text: string): string {
  // Some systems escape what they had escaped before.
  const once = text.replace(/&(?:(?:amp|#38|#x26);)+/gi, "&");
  return (once.includes("&") ? once.replace(/&(#?[a-z0-9]{1,10});/gi, reference) : once).replace(tags, " ");
}

function reference(whole: string, name: string): string {
  if (name.startsWith("#")) {
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return Number.isInteger(code) && code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  }
  if (Object.hasOwn(signs, name)) return signs[name] ?? whole;
  const [, letter = "", mark = ""] = /^([a-z])([a-z]+)$/i.exec(name) ?? [];
  return Object.hasOwn(marks, mark) ? (letter + (marks[mark] ?? "")).normalize("NFC") : whole;
}
