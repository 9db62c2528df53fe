import { signal } from "@preact/signals";

/** The languages of the menu that is read, the one it was written in first. */
export const menuLanguages = signal<readonly string[]>([]);
