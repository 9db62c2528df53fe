import type { Sample, Vitals } from "../../../contracts/metrics.ts";
import { within } from "../within.ts";

/** An object that can be asked how it fares. */
export interface Watched {
  vitals(): Promise<Vitals>;
}

/** One kind of objects: how many are in use, and the names of those to ask. */
export interface Ward {
  readonly kind: string;
  readonly known: number;
  readonly names: readonly string[];
  readonly objects: { getByName(name: string): Watched };
}

/** So many of a kind are asked at one scrape, so that what a scrape costs does not grow with the installation. */
export const mostAsked = 100;
const patienceMs = 3_000;

/** How the asked objects of a kind fare together. Those that do not answer are counted, and stop nothing. */
export async function takeVitals(worker: string, { kind, known, names, objects }: Ward): Promise<Sample[]> {
  const asked = names.slice(0, mostAsked);
  const answers = await Promise.allSettled(asked.map((name) => within(patienceMs, objects.getByName(name).vitals())));
  const heard = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
  const sum = (of: (vitals: Vitals) => number): number => heard.reduce((total, vitals) => total + of(vitals), 0);
  const labels = { worker, kind };
  const breakers = heard.flatMap((vitals) => vitals.breakers);
  const states = breakers.length === 0 ? [] : (["closed", "open", "half-open"] as const);
  return [
    { metric: "comanda_objects", labels, value: known },
    { metric: "comanda_objects_asked", labels, value: asked.length },
    { metric: "comanda_objects_silent", labels, value: asked.length - heard.length },
    { metric: "comanda_outbox_facts", labels, value: sum(({ waiting }) => waiting) },
    { metric: "comanda_effects_owed", labels, value: sum(({ owed }) => owed) },
    { metric: "comanda_sockets", labels, value: sum(({ sockets }) => sockets) },
    ...states.map((state): Sample => {
      const value = breakers.filter((breaker) => breaker === state).length;
      return { metric: "comanda_breakers", labels: { ...labels, state }, value };
    }),
  ];
}
