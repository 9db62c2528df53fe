import { computed, effect, signal } from "@preact/signals";
import { z } from "zod";
import { menuLanguages } from "./menu-languages.ts";
import { keep, kept } from "./storage.ts";

export const languages = { en: "English", de: "Deutsch" } as const;
export type AppLanguage = keyof typeof languages;

const Chosen = z.enum(["en", "de"]);
const name = "comanda.language";
const rightToLeft = ["ar", "fa", "he", "ur"];

function spoken(): AppLanguage {
  for (const tag of navigator.languages) {
    const parsed = Chosen.safeParse(tag.split("-")[0]);
    if (parsed.success) return parsed.data;
  }
  return "en";
}

/** The language of the screen: chosen here once, or the browser's. */
export const language = signal<AppLanguage>(kept(name, Chosen) ?? spoken());

/** For `Intl`: the browser's own region where its language is the screen's. */
export const locale = computed(
  () => navigator.languages.find((tag) => tag.startsWith(language.value)) ?? language.value,
);

/**
 * In which languages to say what a menu says: as the browser asks for them, so that a Thai reads the Thai names though
 * the page is in English; first in the screen's own where that was chosen here. Whoever reads none of them is more likely
 * to read English than what the menu was written in.
 */
export const textLanguages = computed(() => {
  const asked = language.value === spoken() ? navigator.languages : [language.value, ...navigator.languages];
  return [...asked, language.value, "en", ...menuLanguages.value];
});

export function speak(chosen: AppLanguage): void {
  keep(name, chosen);
  language.value = chosen;
}

/** `?dir=rtl` turns a page whatever its language, for a look at how it would stand. */
const asked = z.enum(["ltr", "rtl"]).safeParse(new URLSearchParams(location.search).get("dir"));

effect(() => {
  const { documentElement } = document;
  documentElement.lang = language.value;
  documentElement.dir = asked.data ?? (rightToLeft.includes(language.value) ? "rtl" : "ltr");
});

/** A dictionary in the language of the screen; reading it in a component follows a change. */
export function wordsOf<W>(dictionary: Record<AppLanguage, W>): { readonly value: W } {
  return computed(() => dictionary[language.value]);
}
