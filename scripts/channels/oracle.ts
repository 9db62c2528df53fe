import loadHighs from "highs";
import type { Batch } from "../../domain/channel/batch.ts";

const lines: string[] = [];
const highs = await loadHighs({ print: (line: string) => lines.push(line) });

/** What HiGHS finds. */
export interface Found {
  readonly cost: number;
  /** No way of dealing costs less, as HiGHS has proven. */
  readonly bound: number;
  /** Whether it came as near to the least cost as it was asked to; else its time was over. */
  readonly proven: boolean;
}

/** `gap`: how far off it may be, as a share of the cost. */
export function leastCost(batch: Batch, gap: number, seconds: number): Found {
  lines.length = 0;
  const { ObjectiveValue: cost, Status } = highs.solve(modelOf(batch), {
    mip_rel_gap: gap,
    mip_abs_gap: 1e-6,
    time_limit: seconds,
  });
  const told = lines.map((line) => /^\s*Dual bound\s+(\S+)/.exec(line)?.[1]).find((bound) => bound !== undefined);
  return { cost, bound: told === undefined ? cost : Number(told), proven: Status === "Optimal" };
}
/** In the LP format of CPLEX. */
function modelOf({ deliveries, channels, costs, loads, capacities, left }: Batch): string {
  const terms: string[] = [];
  const rows: string[] = [];
  const names: string[] = [];
  const uses: string[][] = Array.from({ length: channels }, () => []);
  for (let delivery = 0; delivery < deliveries; delivery += 1) {
    const places = [`z${delivery}`];
    terms.push(`${left[delivery]} z${delivery}`);
    for (let channel = 0; channel < channels; channel += 1) {
      const cost = costs[delivery * channels + channel] ?? Infinity;
      if (cost === Infinity) continue;
      const name = `x${delivery}_${channel}`;
      places.push(name);
      terms.push(`${cost} ${name}`);
      uses[channel]?.push(`${loads === null ? 1 : loads[delivery]} ${name}`);
    }
    names.push(...places);
    rows.push(`${places.join(" + ")} = 1`);
  }
  for (const [channel, used] of uses.entries()) {
    if (used.length > 0 && capacities[channel] !== Infinity)
      rows.push(`${joined(used, " + ")} <= ${capacities[channel]}`);
  }
  return `Minimize\n obj: ${joined(terms, " + ")}\nSubject To\n${rows.join("\n")}\nBinary\n${joined(names, " ")}\nEnd\n`;
}

/** In lines of twenty: the format knows no longer ones than 560 characters. */
function joined(list: readonly string[], by: string): string {
  return list.map((one, at) => (at % 20 === 19 ? `${one}\n` : one)).join(by);
}
