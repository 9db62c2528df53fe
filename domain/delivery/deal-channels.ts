import type { Carried } from "../../contracts/events.ts";
import type { Channel, OrderId } from "../../contracts/ids.ts";
import { channelsLeft, own } from "../channel/chooser.ts";
import { dealOut, type Fallback, type Given, type Wanting } from "../channel/deal.ts";
import {
  noTerms,
  scored,
  usualWeights,
  type Candidate,
  type ChannelTerms,
  type ChannelWeights,
} from "../channel/score.ts";
import type { Standing } from "../channel/standing.ts";
import { busyWith, isOver, type Delivery } from "./delivery.ts";
import type { Tale } from "./tale.ts";
import type { ZoneState } from "./zone.ts";

/** What a zone knows of the channels, and what the tenant says of them. */
export interface Channels {
  /** Left out: as ever. */
  readonly weights?: ChannelWeights;
  readonly terms: Readonly<Record<Channel, ChannelTerms>>;
  readonly standings: Readonly<Record<Channel, Standing>>;
}

export const noChannels: Channels = { terms: {}, standings: {} };

/** Why a delivery goes where it goes. */
export interface ChannelChoice {
  /** Null: no channel can take it. */
  readonly channel: Channel | null;
  readonly fallback: Fallback | null;
  /** The total score of each it was chosen among, the least being the best. */
  readonly scores: Readonly<Record<Channel, number>>;
  readonly at: number;
}

/** A delivery that is new, or that a channel will not bring. */
export interface Handed {
  readonly delivery: Delivery;
  readonly passed: readonly Channel[];
  readonly detail: string;
}

/** Whether it waits for a channel to have room, so that not even the own drivers are asked. */
export function isHeld({ stage, choice }: Delivery): boolean {
  return stage.status === "waiting" && choice !== undefined && choice.channel === null;
}

/**
 * So many are dealt out at once, and no more. Nothing here has a clock, and on Workers none moves while it is computed,
 * so that effort is counted instead: within it, so many of any loads to eight channels take 20 to 40 ms, and never 100.
 * Who is beyond that waits for the next change, the oldest being dealt out first.
 */
export const mostDealt = 500;

/**
 * Chooses channels: for the one that is handed on, if any, and with it anew for those that wait for room and for those
 * that wait for the own drivers and nobody was asked for yet.
 */
export function dealAnew(tale: Tale, handed: Handed | null): void {
  const { state } = tale;
  const open = Object.values(state.deliveries)
    .filter((one) => one.job.order !== handed?.delivery.job.order && isOpenToChoice(one))
    .toSorted((one, other) => one.since - other.since)
    .slice(0, mostDealt - (handed === null ? 0 : 1));
  const all: Handed[] = open.map((delivery) => ({ delivery, passed: delivery.passed ?? [], detail: "" }));
  if (handed !== null) all.push(handed);
  if (all.length === 0) return;
  const turned = new Set(all.map(({ delivery }) => delivery.job.order));
  const given = dealOut(all.map((one) => wantingOf(state, one)), roomsOf(state, turned), own); // prettier-ignore
  for (const [at, one] of given.entries()) {
    const which = all[at];
    if (which !== undefined) apply(tale, which, one, which === handed);
  }
}

/** Whether there is anything that could be chosen anew now that something has changed. */
export function hasOpenChoice({ deliveries }: ZoneState): boolean {
  return Object.values(deliveries).some(isOpenToChoice);
}

/** What each channel can still take, those left out of account that are being dealt out. */
export function roomsOf(state: ZoneState, but: ReadonlySet<OrderId>): Record<Channel, number> {
  const { terms } = state.channels ?? noChannels;
  const rooms: Record<Channel, number> = {};
  for (const [channel, { capacity }] of Object.entries(terms)) if (capacity !== null) rooms[channel] = capacity;
  for (const delivery of Object.values(state.deliveries)) {
    const channel = but.has(delivery.job.order) ? null : channelOf(delivery);
    const room = channel === null ? undefined : rooms[channel];
    if (channel !== null && room !== undefined) rooms[channel] = room - loadOf(delivery);
  }
  return rooms;
}

/** Who has an open delivery, or is to bring it; null for what is over or held. */
export function channelOf(delivery: Delivery): Channel | null {
  const { stage } = delivery;
  if (isOver(stage) || isHeld(delivery) || stage.status === "returning") return null;
  return stage.status === "with-carrier" ? stage.carrier.id : own;
}

export function candidateOf(state: ZoneState, channel: Channel, turn: number): Candidate {
  const { terms, standings } = state.channels ?? noChannels;
  return { channel, standing: standings[channel] ?? {}, terms: terms[channel] ?? noTerms, turn, wayMs: null };
}

export function weightsOf(state: ZoneState): ChannelWeights {
  return state.channels?.weights ?? usualWeights;
}

export function loadOf({ job }: Delivery): number {
  return job.load ?? 1;
}

function isOpenToChoice(delivery: Delivery): boolean {
  const { job, stage, byHand, asked } = delivery;
  if (stage.status !== "waiting" || byHand === true || busyWith(delivery) !== null) return false;
  return isHeld(delivery) || ((job.channels?.length ?? 0) > 1 && Object.keys(asked).length === 0);
}

function wantingOf(state: ZoneState, { delivery, passed }: Handed): Wanting {
  const { job } = delivery;
  const channels = job.channels ?? [own];
  const left = channelsLeft({ channels, passed, cash: job.cash !== null });
  const candidates = left.map((channel) =>
    candidateOf(state, channel, channels.indexOf(channel) / Math.max(1, channels.length - 1)),
  );
  const scores = scored(candidates, weightsOf(state));
  return {
    order: job.order,
    load: loadOf(delivery),
    scores: Object.fromEntries(left.map((channel, at) => [channel, scores[at]?.total ?? 0])),
    unwell: candidates.flatMap(({ channel, standing }) => (standing.breaker === "open" ? [channel] : [])),
  };
}

function apply(tale: Tale, { delivery, passed, detail }: Handed, given: Given, isHanded: boolean): void {
  const { order } = given;
  const { scores } = wantingOf(tale.state, { delivery, passed, detail });
  const choice: ChannelChoice = { channel: given.channel, fallback: given.fallback, scores, at: tale.now };
  if (given.channel !== null && given.channel !== own) {
    const { channel } = given;
    const carrier: Carried = { id: channel, name: channel, state: "asked", tracking: null, silentSince: null };
    return tale.tell({ type: "handed-to-carrier", order, carrier, passed, choice });
  }
  if (isHanded && delivery.stage.status === "with-carrier") {
    tale.tell({ type: "carrier-left", order, passed, detail });
  }
  const before = delivery.choice;
  const same = before !== undefined && before.channel === choice.channel && (before.fallback === choice.fallback || before.fallback === "nobody"); // prettier-ignore
  // The own drivers are who brings it where nothing else is said.
  const plain = before === undefined && choice.channel === own && choice.fallback === null;
  if (!same && !plain) tale.tell({ type: "channel-chosen", order, choice });
}
