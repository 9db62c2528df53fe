import type { Language } from "../../contracts/menu.ts";

/** Scripts that tell a language, or at least that a text is not in the one assumed. */
const scripts: readonly { language: Language; letters: RegExp; homes: RegExp }[] = [
  { language: "th", letters: /\p{Script=Thai}/gu, homes: /^th\b/ },
  { language: "ko", letters: /\p{Script=Hangul}/gu, homes: /^ko\b/ },
  { language: "ja", letters: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu, homes: /^ja\b/ },
  { language: "zh", letters: /\p{Script=Han}/gu, homes: /^(zh|yue|ja|ko)\b/ },
  { language: "he", letters: /\p{Script=Hebrew}/gu, homes: /^(he|yi)\b/ },
  { language: "el", letters: /\p{Script=Greek}/gu, homes: /^el\b/ },
  { language: "ka", letters: /\p{Script=Georgian}/gu, homes: /^ka\b/ },
  { language: "hy", letters: /\p{Script=Armenian}/gu, homes: /^hy\b/ },
  { language: "km", letters: /\p{Script=Khmer}/gu, homes: /^km\b/ },
  { language: "lo", letters: /\p{Script=Lao}/gu, homes: /^lo\b/ },
  { language: "my", letters: /\p{Script=Myanmar}/gu, homes: /^my\b/ },
  { language: "und-Cyrl", letters: /\p{Script=Cyrillic}/gu, homes: /^(ru|uk|bg|sr|mk|be|kk|ky|mn|tg|und-Cyrl)\b/ },
  { language: "und-Arab", letters: /\p{Script=Arabic}/gu, homes: /^(ar|fa|ur|ps|ckb|und-Arab)\b/ },
  { language: "und-Deva", letters: /\p{Script=Devanagari}/gu, homes: /^(hi|mr|ne|und-Deva)\b/ },
];

/**
 * The language a text is filed under: the assumed one, unless most of its letters are of a script foreign to that
 * language. Latin letters are at home everywhere: brands and borrowed words are written so in every language.
 */
export function languageOf(text: string, assumed: Language): Language {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text);
  for (const { language, letters: own, homes } of scripts) {
    const count = text.match(own)?.length ?? 0;
    if (count * 2 <= letters || homes.test(assumed)) continue;
    return language === "zh" && kana ? "ja" : language;
  }
  return assumed;
}
