import type { Trial } from "./trial.ts";

const rarest = 12;

/** What is said of many days when they are over. */
export class Report {
  readonly failed: number[] = [];
  seeds = 0;
  private readonly sums = { orders: 0, steps: 0, letters: 0, looks: 0 };
  private readonly ends = new Map<string, number>();
  /** By fault: how often it struck, and on how many days. */
  private readonly faults = new Map<string, { times: number; days: number }>();
  /** By two faults: on how many days both struck. */
  private readonly pairs = new Map<string, number>();

  add(trial: Trial): void {
    this.seeds += 1;
    for (const name of ["orders", "steps", "letters", "looks"] as const) this.sums[name] += trial[name];
    for (const end of trial.ends) count(this.ends, end);
    for (const [fault, times] of Object.entries(trial.struck)) {
      const { times: before, days } = this.faults.get(fault) ?? { times: 0, days: 0 };
      this.faults.set(fault, { times: before + times, days: days + 1 });
    }
    for (const pair of pairsOf(Object.keys(trial.struck))) count(this.pairs, pair);
    if (trial.found.length > 0) this.failed.push(trial.seed);
  }

  /** In words; without how long it took, so that the same seeds always say the same. */
  toString(): string {
    const { orders, steps, letters, looks } = this.sums;
    const verdict =
      this.failed.length === 0 ? "All is well" : `${this.failed.length} seeds failed (${this.failed.join(", ")})`;
    const faults = [...this.faults].toSorted(([, one], [, other]) => other.days - one.days);
    const struck = faults.map(([name, { times, days }]) => `${name} ${times} on ${days} days`).join(", ");
    const possible = pairsOf(faults.map(([name]) => name));
    const rare = possible.map((pair) => [pair, this.pairs.get(pair) ?? 0] as const).toSorted(([, one], [, other]) => one - other); // prettier-ignore
    const met = rare.filter(([, days]) => days > 0).length;
    return [
      `${verdict}: ${this.seeds} seeds, ${orders} orders, ${steps} steps, ${letters} dead letters; all parties were compared ${looks} times.`,
      `Orders ended: ${listed([...this.ends].toSorted(([, one], [, other]) => other - one))}.`,
      `Faults struck: ${struck === "" ? "none" : struck}.`,
      `Two on one day: ${met} of ${possible.length} pairs; the rarest: ${listed(rare.slice(0, rarest))}.`,
    ].join("\n");
  }

  /** Every pair of faults, and on how many days both struck. */
  pairTable(): string {
    const often = [...this.pairs].toSorted(([, one], [, other]) => other - one);
    return often.map(([pair, days]) => `${String(days).padStart(6)}  ${pair}`).join("\n");
  }
}

/** A failing day: its story, what was wrong, and how to live it again. */
export function storyOf({ seed, found, story }: Trial): string {
  const faults = found.map((fault) => `✗ ${fault}\n`).join("");
  return `\nSeed ${seed}:\n${story ?? ""}${faults}Once more: npm run dst -- --seed ${seed}\n`;
}

function pairsOf(names: readonly string[]): string[] {
  const sorted = names.toSorted();
  return sorted.flatMap((one, at) => sorted.slice(at + 1).map((other) => `${one} + ${other}`));
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function listed(counts: readonly (readonly [string, number])[]): string {
  return counts.length === 0 ? "none" : counts.map(([name, times]) => `${name} ${times}`).join(", ");
}
