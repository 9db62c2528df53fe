import { z } from "zod";

const Instant = z.iso.datetime();

/** When it comes: the best guess, and a window that holds four times in five. */
export const Eta = z.object({ from: Instant, best: Instant, to: Instant }).meta({ id: "Eta" });
export type Eta = z.infer<typeof Eta>;
