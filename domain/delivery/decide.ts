import type { Refusal } from "../../contracts/problem.ts";
import type { Context } from "../../contracts/rules.ts";
import { askNeighbours, giveBack } from "./borrowing.ts";
import type { ZoneCommand, ZoneEvent } from "./command.ts";
import { dealAnew, hasOpenChoice } from "./deal-channels.ts";
import { judgeDispatch } from "./decide-dispatch.ts";
import { judgeDriver } from "./decide-driver.ts";
import { judgeNews } from "./decide-news.ts";
import { judgeTimer } from "./decide-timer.ts";
import { judgeNeighbour } from "./neighbours.ts";
import { foresee } from "./foresee.ts";
import { offerRound } from "./round.ts";
import { beginTale, type Tale } from "./tale.ts";
import type { ZoneState } from "./zone.ts";

/**
 * Judges a command of the zone. Whatever changed may have made somebody free or something due, so every change ends
 * with a round of offers; no command leaves anything undone that could be offered now.
 */
export function decide(state: ZoneState, command: ZoneCommand, context: Context): readonly ZoneEvent[] | Refusal {
  const tale = beginTale(state, context);
  const refusal = judge(tale, command, context);
  if (refusal !== null) return refusal;
  // What was chosen may be chosen better now, and who waits for room may have it.
  if (tale.events.length > 0 && hasOpenChoice(tale.state)) dealAnew(tale, null);
  giveBack(tale);
  const timer = command.type === "timer" ? command.timer.name : null;
  const isDue = timer === "round" || timer === "help" || tale.events.length > 0;
  if (isDue) offerRound(tale, timer === "round");
  if (isDue) askNeighbours(tale, timer === "help");
  // What changes nothing is not the moment to say anything, either.
  if (isDue || timer !== null || command.type === "foresee") foresee(tale, timer === "foresee");
  return tale.events;
}

function judge(tale: Tale, command: ZoneCommand, { self }: Context): Refusal | null {
  switch (command.type) {
    case "accept":
    case "decline":
    case "arrive":
    case "pick-up":
    case "deliver":
    case "fail":
    case "come-near":
    case "bring-back":
      return judgeDriver(tale, command);
    case "assign":
    case "confirm":
    case "take-back":
    case "move":
    case "give-up":
    case "configure":
    case "weigh-channels":
    case "agree-channel":
      return judgeDispatch(tale, command);
    case "request":
    case "change-ready":
    case "call-off":
    case "come-on":
    case "go-off":
    case "hear-of":
    case "hear-score":
    case "hear-carrier":
      return judgeNews(tale, command);
    case "lend":
    case "borrow":
    case "give-back":
    case "take-home":
    case "hear-of-loan":
      return judgeNeighbour(tale, command, self);
    case "foresee":
      return null;
    case "timer":
      judgeTimer(tale, command.timer);
      return null;
  }
}
