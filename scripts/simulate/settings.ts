import type { SimulateArgs } from "./command-line.ts";
import type { Delays, Shares } from "./order-plan.ts";
import type { RunSettings } from "./run.ts";
import { numberOf, shareOf, spanOf } from "./text-options.ts";

/** What the command line says of how people behave. Throws with words for the user. */
export function settingsFrom(args: SimulateArgs): RunSettings {
  return {
    seed: args.seed,
    shares: sharesFrom(args),
    delays: delaysFrom(args),
    guests: args.guests === undefined ? null : numberOf(args.guests, "guests", 1),
    pollsPerSecond: numberOf(args.polls, "polls", 0),
    cutCrewEvery: spanOf(args["cut-crew"]).to,
  };
}

function sharesFrom(args: SimulateArgs): Shares {
  return {
    pickup: shareOf(args["pickup-share"], "pickup-share"),
    cash: shareOf(args["cash-share"], "cash-share"),
    declinedCard: shareOf(args["declined-share"], "declined-share"),
    cancel: shareOf(args["cancel-share"], "cancel-share"),
    reject: shareOf(args["reject-share"], "reject-share"),
    declineOffer: shareOf(args["decline-share"], "decline-share"),
    basket: shareOf(args["basket-share"], "basket-share"),
    follow: shareOf(args["follow-share"], "follow-share"),
    wrongPin: shareOf(args["wrong-pin-share"], "wrong-pin-share"),
    cutSocket: shareOf(args["cut-share"], "cut-share"),
    dropOut: shareOf(args["dropout-share"], "dropout-share"),
  };
}

export function delaysFrom(args: SimulateArgs): Delays {
  return {
    accept: spanOf(args["kitchen-delay"]),
    cook: spanOf(args["cook-time"]),
    collect: spanOf(args["collect-delay"]),
    think: spanOf(args["driver-delay"]),
    travel: spanOf(args["travel-time"]),
    regret: spanOf(args["cancel-delay"]),
  };
}
