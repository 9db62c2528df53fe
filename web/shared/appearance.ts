import { effect, signal } from "@preact/signals";
import { z } from "zod";
import { keep, kept } from "./storage.ts";

const Appearance = z.object({ scheme: z.enum(["machine", "light", "dark"]), contrast: z.enum(["machine", "more"]) });
export type Appearance = z.infer<typeof Appearance>;

const name = "comanda.appearance";
const frames = { light: "#f8f4eb", dark: "#10131b" } as const;

/** Light or dark and how much contrast, for every app in this browser: as the machine says, or as chosen here. */
export const appearance = signal<Appearance>(kept(name, Appearance) ?? { scheme: "machine", contrast: "machine" });

export function appear(chosen: Partial<Appearance>): void {
  appearance.value = { ...appearance.value, ...chosen };
  keep(name, appearance.value);
}

effect(() => {
  const { scheme, contrast } = appearance.value;
  const { dataset } = document.documentElement;
  if (scheme === "machine") delete dataset["scheme"];
  else dataset["scheme"] = scheme;
  if (contrast === "machine") delete dataset["contrast"];
  else dataset["contrast"] = contrast;
  // The frame of the browser is the table's colour; it knows no `data-scheme`.
  for (const frame of document.querySelectorAll<HTMLMetaElement>("meta[name=theme-color][media]")) {
    const own = frame.media.includes("dark") ? "dark" : "light";
    frame.content = frames[scheme === "machine" ? own : scheme];
  }
});
