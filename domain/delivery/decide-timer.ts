import type { ZoneTimer } from "./command.ts";
import { channelAt, loseChannelPatience } from "./channels.ts";
import { helpAt } from "./borrowing.ts";
import { fetcherOf, isOver } from "./delivery.ts";
import { doubtLoan } from "./lending.ts";
import { foreseeAt } from "./foresee.ts";
import { nextRoundAt } from "./round.ts";
import type { Tale } from "./tale.ts";
import { loads, overKeptMs, type ZoneState } from "./zone.ts";

/** Nobody is on the way back with food for longer: it is lost, or nobody has thought of saying so. */
const returnWithinMs = 3 * 3_600_000;

/** What is due is judged again: what was done in the meantime is not due any more. */
export function judgeTimer(tale: Tale, timer: ZoneTimer): void {
  const { state, now } = tale;
  switch (timer.name) {
    case "offer": {
      const stage = state.deliveries[timer.order]?.stage;
      if (stage?.status !== "offered" || stage.expiresAt > now) return;
      const until = now + state.settings.afterExpiry;
      tale.tell({ type: "offer-expired", order: timer.order, driver: stage.driver, until });
      return;
    }
    case "silence": {
      const dueAt = silenceAt(state, timer.driver, loads(state));
      if (dueAt !== null && dueAt <= now) tale.tell({ type: "driver-doubted", driver: timer.driver });
      return;
    }
    case "channel": {
      const delivery = state.deliveries[timer.order];
      if (delivery !== undefined && (channelAt(delivery) ?? Infinity) <= now) loseChannelPatience(tale, delivery);
      return;
    }
    case "return": {
      const stage = state.deliveries[timer.order]?.stage;
      if (stage?.status !== "returning" || stage.since + returnWithinMs > now) return;
      tale.tell({ type: "returned", order: timer.order, driver: stage.driver, confirmed: false });
      return;
    }
    case "loan":
      doubtLoan(tale, timer.driver);
      return;
    case "round":
    case "help":
    case "foresee":
      return;
    case "tidy": {
      const orders = Object.values(state.deliveries).flatMap(({ stage, job }) =>
        isOver(stage) && stage.endedAt + overKeptMs <= now ? [job.order] : [],
      );
      if (orders.length > 0) tale.tell({ type: "tidied", orders });
      return;
    }
  }
}

/** What the zone must not wait for longer than this: timer name → due (epoch ms). */
export function deadlines(state: ZoneState): Record<string, number> {
  const due: Record<string, number> = {};
  const round = nextRoundAt(state);
  if (round !== null) due["round"] = round;
  const help = helpAt(state);
  if (help !== null) due["help"] = help;
  for (const [driver, { askAt }] of Object.entries(state.loans ?? {})) due[`loan/${driver}`] = askAt;
  let tidyAt = Infinity;
  let foreseeDue = Infinity;
  for (const delivery of Object.values(state.deliveries)) {
    const { stage, job } = delivery;
    const channel = channelAt(delivery);
    foreseeDue = Math.min(foreseeDue, foreseeAt(delivery) ?? Infinity);
    if (channel !== null) due[`channel/${job.order}`] = channel;
    if (stage.status === "offered") due[`offer/${job.order}`] = stage.expiresAt;
    else if (stage.status === "returning") due[`return/${job.order}`] = stage.since + returnWithinMs;
    else if (isOver(stage)) tidyAt = Math.min(tidyAt, stage.endedAt + overKeptMs);
  }
  if (tidyAt < Infinity) due["tidy"] = tidyAt;
  if (foreseeDue < Infinity) due["foresee"] = foreseeDue;
  const loaded = loads(state);
  for (const driver of Object.keys(state.drivers)) {
    const at = silenceAt(state, driver, loaded);
    if (at !== null) due[`silence/${driver}`] = at;
  }
  return due;
}

/** The timer that a name of `deadlines` speaks of. */
export function timerOf(text: string): ZoneTimer {
  const [name = "", key = ""] = text.split("/");
  switch (name) {
    case "offer":
    case "return":
    case "channel":
      return { name, order: key };
    case "silence":
    case "loan":
      return { name, driver: key };
    case "tidy":
    case "round":
    case "help":
    case "foresee":
      return { name };
  }
  throw new Error(`no such timer: ${text}`);
}

/**
 * From when a driver's silence matters: soon for one who is to fetch something, late for one without a task. Of one who
 * is lent or borrowed it matters where the task is.
 */
function silenceAt(state: ZoneState, driver: string, loaded: ReturnType<typeof loads>): number | null {
  const presence = state.presence[driver];
  if (presence === undefined || presence.doubted) return null;
  const held = loaded.get(driver);
  const isOthers = state.loans?.[driver] !== undefined || state.drivers[driver]?.borrowed !== undefined;
  if (held === undefined && isOthers) return null;
  if (held === undefined) return presence.heardAt + state.settings.idle;
  return held.some((delivery) => fetcherOf(delivery) !== null) ? presence.heardAt + state.settings.silence : null;
}
