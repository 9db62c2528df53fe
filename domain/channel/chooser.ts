import type { Channel } from "../../contracts/ids.ts";

/** The tenant's own drivers, as a channel. */
export const own = "own";

/** What is known when it is to be chosen by which way a delivery goes. */
export interface Choice {
  /** The venue's channels, in its own order. */
  readonly channels: readonly Channel[];
  /** Those that have had it and will not bring it. */
  readonly passed: readonly Channel[];
  /** Whether money is to be taken at the door: no carrier takes cash for us. */
  readonly cash: boolean;
}

/** The channels that may still have it, in the venue's own order; `deal.ts` chooses among them. */
export function channelsLeft({ channels, passed, cash }: Choice): Channel[] {
  return channels.filter((channel) => !passed.includes(channel) && (channel === own || !cash));
}
