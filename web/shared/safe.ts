import { type ReadonlySignal, signal } from "@preact/signals";
import { z } from "zod";
import { remembered, rememberForSure } from "./remembered.ts";
import { keep, kept } from "./storage.ts";

/** Some browsers never answer whether they keep something: then they do not. */
const patienceMs = 3_000;

interface Written<T> {
  readonly value: T | null;
  readonly number: number;
}

/**
 * Keeps one value so that it outlives the page, the browser and the power, in both places a browser has: what is in
 * `localStorage` is there at once, but whoever kills the browser takes the last seconds of it along; what is in a
 * database is on the disk. Either may be refused. Each writing has a number, and of two the higher one is right.
 */
export class Safe<T> {
  readonly #name: string;
  readonly #schema: z.ZodType<Written<T>>;
  readonly #holds = signal(true);
  readonly #atOnce: Written<T> | null;
  #number: number;
  #record: Written<T> | null = null;
  #writing = 0;

  constructor(name: string, schema: z.ZodType<T>) {
    this.#name = name;
    // Written by an older version of the page, which may have come after a newer one: it is the last that was written.
    const asItWas = schema.transform((value) => ({ value, number: Date.now() }));
    this.#schema = z.union([z.object({ value: schema.nullable(), number: z.number() }), asItWas]);
    this.#atOnce = kept(name, this.#schema);
    this.#number = this.#atOnce?.number ?? 0;
  }

  /** Whether this browser keeps what it was last given. */
  get holds(): ReadonlySignal<boolean> {
    return this.#holds;
  }

  /** What can be told without waiting; it may be some seconds older than the last that was put in. */
  get atOnce(): T | null {
    return this.#atOnce?.value ?? null;
  }

  /** What was put in last before this page began, if that is another thing than what was there at once. */
  async later(): Promise<{ readonly value: T | null } | null> {
    const there = await remembered(this.#name, this.#schema);
    if (there === null || there.value.number <= (this.#atOnce?.number ?? -1)) return null;
    this.#number = Math.max(this.#number, there.value.number);
    return { value: there.value.value };
  }

  put(value: T | null): void {
    this.#number += 1;
    this.#record = { value, number: this.#number };
    const here = keep(this.#name, this.#record);
    clearTimeout(this.#writing);
    // What answers the finger comes first.
    this.#writing = setTimeout(() => void this.#write(here), 0);
  }

  async #write(here: boolean): Promise<void> {
    const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), patienceMs));
    const there = await Promise.race([rememberForSure(this.#name, this.#record), late]);
    this.#holds.value = here || there;
  }
}
