import type { Finding } from "../simulate/findings.ts";
import type { Struck } from "./mayhem.ts";

/** The figures of a run, as `--json` writes them. Times in seconds, of blows in milliseconds from the beginning. */
export interface ChaosReport {
  readonly seed: string;
  readonly minutes: number;
  readonly blows: readonly Struck[];
  readonly placed: number;
  readonly byOutcome: Readonly<Record<string, number>>;
  /** Movements in the provider's books, by kind. */
  readonly movements: Readonly<Record<string, number>>;
  /** Lines in the carrier's books, by kind. */
  readonly parcels: Readonly<Record<string, number>>;
  /** Who was told how often: browsers, mails, the till. */
  readonly told: Readonly<Record<string, number>>;
  /** Events in the orders' logs, whose chains were verified. */
  readonly events: number;
  readonly troubles: { readonly sockets: number; readonly requests: number };
  /** From the last blow until every order was at rest, and from there until all around them agreed. */
  readonly restAfter: number;
  readonly agreedAfter: number;
  readonly brokenCount: number;
  readonly broken: readonly Finding[];
}

const mostShown = 50;

/** The report for people. */
export function textOf(report: ChaosReport): string {
  const { blows, placed, byOutcome, movements, parcels, told, events, troubles, broken, brokenCount } = report;
  const kills = blows.filter(({ what }) => what.startsWith("killed")).length;
  return [
    "",
    `${kills} kills and ${blows.length - kills} faults of those outside in ${report.minutes} minutes (seed ${report.seed})`,
    `${placed} orders placed: ${counts(byOutcome)}`,
    `  ${events} events in their logs; in the provider's books ${counts(movements)}`,
    `  in the carrier's books ${counts(parcels)}`,
    `  told: ${counts(told)}`,
    `  sockets that came back ${troubles.sockets}, requests sent again ${troubles.requests}`,
    `  all orders at rest ${report.restAfter} s after the last blow, all around them ${report.agreedAfter} s later`,
    "",
    ...(brokenCount === 0
      ? ["Nothing was lost, doubled or left hanging."]
      : [`${brokenCount} broken expectations:`, ...broken.slice(0, mostShown).map(line)]),
    ...(brokenCount > mostShown ? [`  … ${brokenCount - mostShown} more; --json FILE has them`] : []),
  ].join("\n");
}

/** How often each comes, by name. */
export function tally(names: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]));
}

function counts(by: Readonly<Record<string, number>>): string {
  const words = Object.entries(by).map(([name, count]) => `${count} ${name}`);
  return words.length === 0 ? "nothing" : words.join(", ");
}

function line({ kind, order, venue, detail, at }: Finding): string {
  return `  ${at} ${kind}: ${[venue, order].filter((text) => text !== undefined).join(" ")} ${detail}`;
}
