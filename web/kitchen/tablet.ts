import { type ReadonlySignal, signal } from "@preact/signals";
import { z } from "zod";
import { keep, kept } from "../shared/storage.ts";

const Settings = z.object({
  /** The stations it shows; null at the pass, where all comes together. */
  stations: z.array(z.string()).nullable(),
  /** Whether new orders are shown here, to be taken in or not. */
  takesOrders: z.boolean(),
  scale: z.enum(["small", "usual", "large", "largest"]),
  volume: z.enum(["low", "usual", "high"]),
  allDay: z.boolean(),
  printer: z.enum(["browser", "usb"]),
  paper: z.union([z.literal(58), z.literal(80)]),
  /** Whether a slip is printed as soon as somebody takes an order in. */
  printsAtOnce: z.boolean(),
});
export type TabletSettings = z.infer<typeof Settings>;

const asNew: TabletSettings = {
  stations: null,
  takesOrders: true,
  scale: "usual",
  volume: "usual",
  allDay: false,
  printer: "browser",
  paper: 80,
  printsAtOnce: false,
};

/** What one tablet is for: it keeps it itself, for the next tablet stands elsewhere. */
export class Tablet {
  readonly #name: string;
  readonly #settings = signal<TabletSettings>(asNew);

  constructor(venue: string) {
    this.#name = `comanda.kitchen.tablet.${venue}`;
    this.#settings.value = kept(this.#name, Settings) ?? asNew;
  }

  get settings(): ReadonlySignal<TabletSettings> {
    return this.#settings;
  }

  set(change: Partial<TabletSettings>): void {
    this.#settings.value = { ...this.#settings.peek(), ...change };
    keep(this.#name, this.#settings.peek());
  }
}
