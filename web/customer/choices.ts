import { z } from "zod";
import type { Way } from "./payment.tsx";
import type { Wish } from "./when.tsx";

/** What is chosen at a venue's checkout beside what is typed there. */
export interface Choices {
  readonly way: Way;
  readonly wish: Wish;
}

const Choices = z.object({
  way: z.enum(["card", "cash"]),
  wish: z.union([z.literal("at once"), z.number()]),
});

const nameOf = (venue: string): string => `comanda.choices.${venue}`;

/** As it was left in this tab, which may have been to the menu and back: for another day nobody has chosen anything yet. */
export function choicesAt(venue: string): Choices {
  try {
    return Choices.parse(JSON.parse(sessionStorage.getItem(nameOf(venue)) ?? "null"));
  } catch {
    return { way: "card", wish: "at once" };
  }
}

export function keepChoices(venue: string, choices: Choices | null): void {
  try {
    if (choices === null) sessionStorage.removeItem(nameOf(venue));
    else sessionStorage.setItem(nameOf(venue), JSON.stringify(choices));
  } catch {
    // A browser that refuses storage has forgotten it when the page is left.
  }
}
