import type { Channel } from "../../contracts/ids.ts";

/** The tenant's own drivers, as a channel. */
export const own = "own";

/** What is known when it is to be chosen by which way a delivery goes. */
export interface Choice {
  /** The venue's channels, in its own order. */
  readonly channels: readonly Channel[];
  /** Those that have had it and will not bring it. */
  readonly passed: readonly Channel[];
  /** Whether money is to be taken at the door. */
  readonly cash: boolean;
}

/** Chooses the channel that is to be asked next; null when none is left. Pure, and the only thing to replace. */
export interface Chooser {
  choose(choice: Choice): Channel | null;
}

/** The venue's own order. No carrier takes cash for us. */
export const inTurn: Chooser = {
  choose: ({ channels, passed, cash }) =>
    channels.find((channel) => !passed.includes(channel) && (channel === own || !cash)) ?? null,
};
