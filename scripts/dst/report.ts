import type { Trial } from "./trial.ts";

/** What is said of many days when they are over. */
export class Report {
  readonly failed: number[] = [];
  seeds = 0;
  private readonly sums = { orders: 0, steps: 0, powerCuts: 0, letters: 0, looks: 0 };
  private readonly ends = new Map<string, number>();
  private readonly faults = new Map<string, number>();

  add(trial: Trial): void {
    this.seeds += 1;
    for (const name of ["orders", "steps", "powerCuts", "letters", "looks"] as const) this.sums[name] += trial[name];
    for (const end of trial.ends) this.ends.set(end, (this.ends.get(end) ?? 0) + 1);
    for (const name of trial.weather) this.faults.set(name, (this.faults.get(name) ?? 0) + 1);
    if (trial.found.length > 0) this.failed.push(trial.seed);
  }

  /** In words; without how long it took, so that the same seeds always say the same. */
  toString(): string {
    const { orders, steps, powerCuts, letters, looks } = this.sums;
    const verdict =
      this.failed.length === 0 ? "All is well" : `${this.failed.length} seeds failed (${this.failed.join(", ")})`;
    return [
      `${verdict}: ${this.seeds} seeds, ${orders} orders, ${steps} steps, ${powerCuts} power cuts, ${letters} dead letters; all parties were compared ${looks} times.`,
      `Orders ended: ${listed(this.ends)}.`,
      `Faults met: ${listed(this.faults)}.`,
    ].join("\n");
  }
}

/** A failing day: its story, what was wrong, and how to live it again. */
export function storyOf({ seed, found, story }: Trial): string {
  const faults = found.map((fault) => `✗ ${fault}\n`).join("");
  return `\nSeed ${seed}:\n${story ?? ""}${faults}Once more: npm run dst -- --seed ${seed}\n`;
}

function listed(counts: ReadonlyMap<string, number>): string {
  const names = [...counts].toSorted(([, one], [, other]) => other - one);
  return names.length === 0 ? "none" : names.map(([name, times]) => `${name} ${times}`).join(", ");
}
