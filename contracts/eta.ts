import { z } from "zod";
import { Instant } from "./instant.ts";

/** When it comes: the best guess, and a window that holds four times in five. */
export const Eta = z.object({ from: Instant, best: Instant, to: Instant }).meta({ id: "Eta" });
export type Eta = z.infer<typeof Eta>;

/** Such a window between two objects, in epoch milliseconds. */
export const Window = z.object({
  from: z.int().nonnegative(),
  best: z.int().nonnegative(),
  to: z.int().nonnegative(),
});
export type Window = z.infer<typeof Window>;

/** By what the windows of a promise are stretched, either way: a zone learns it from how its own were kept. */
export const Slack = z.object({ sooner: z.number().positive(), later: z.number().positive() });
export type Slack = z.infer<typeof Slack>;

/** What goes into a promise that only a zone knows. Instants are epoch milliseconds. */
export const Foresight = z.object({
  /** Orders not picked up yet, for each driver on shift. */
  pressure: z.number().nonnegative(),
  /** When the driver who has taken it is at the counter. */
  arriveAt: z.int().nonnegative().nullable(),
  /** From there to the door. */
  wayMs: z.int().nonnegative(),
  /** When it is at the door, once it is on its way. */
  doorAt: z.int().nonnegative().nullable(),
  /** Left out: by nothing. */
  slack: Slack.optional(),
});
export type Foresight = z.infer<typeof Foresight>;
