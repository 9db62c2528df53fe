import type { OrderView } from "../../contracts/order.ts";
import type { Problem } from "../../contracts/problem.ts";
import type { Api, Reply } from "../client/api.ts";
import type { Tokens } from "../client/tokens.ts";
import type { Findings } from "./findings.ts";
import type { Geography } from "./geography.ts";
import type { Journal } from "./journal.ts";
import type { Latencies } from "./latencies.ts";
import type { PlayedOrder } from "./played-order.ts";

/** What every simulated party has in common. */
export interface World {
  readonly api: Api;
  readonly baseUrl: string;
  readonly tenant: string;
  readonly admin: Tokens;
  readonly journal: Journal;
  readonly findings: Findings;
  readonly latencies: Latencies;
  /** Sockets that were lost and came back, and requests that got no answer at first. */
  readonly troubles: { sockets: number; requests: number };
  /** Drivers who were never heard of again, and how many may be; left out where nobody is lost. */
  readonly dropouts?: { count: number; readonly most: number };
  /** An order of which nothing is heard for so long (ms) hangs. */
  readonly hungAfter: number;
  /** Whether every ended order is looked back at, which costs requests of its own. */
  readonly audits: boolean;
  /** Where doors and drivers are; left out: anywhere near the venue. */
  readonly geography?: Geography;
}

/** How long a refused command's reason may take to come by the socket, in milliseconds. */
const explainedWithinMs = 5_000;

/**
 * Whether a command was taken. A refusal is fine when `excused` comes true: the order has ended meanwhile, and the news
 * of it is still on its way to who has sent the command. Any other is a finding.
 */
export async function taken(
  world: World,
  order: PlayedOrder,
  what: string,
  command: Promise<Reply<unknown>>,
  excused: () => boolean,
): Promise<boolean> {
  const reply = await command;
  world.latencies.add("command", reply.ms);
  if (reply.ok) return true;
  const conflict = reply.status === 409 || reply.status === 404;
  if (conflict && (excused() || (await order.until(excused, explainedWithinMs)))) return false;
  world.findings.add("refused", `${what}: ${describe(reply)}`, { order: order.id, venue: order.venue });
  return false;
}

export function describe({ status, problem }: { status: number; problem: Problem }): string {
  const errors = (problem.errors ?? []).map(({ pointer, detail }) => `${pointer} ${detail}`);
  return [`${status} ${problem.detail ?? problem.title}`, ...errors].join("; ");
}

/** Whether the order is on no way to anywhere any more. */
export function isOver(view: OrderView | null): boolean {
  return view !== null && ["rejected", "cancelled", "failed", "collected", "delivered"].includes(view.status);
}
