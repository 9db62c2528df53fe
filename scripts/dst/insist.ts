import { isRefusal } from "../../contracts/problem.ts";
import type { Ask } from "../../workers/shared/actor.ts";
import type { Town } from "./town.ts";

/** Nobody in a town is that patient; whoever still has no answer then never gets one. */
const mostTries = 400;

/** A request with one key, as somebody makes it who wants an answer: again and again, until there is one. */
export async function insist<T extends object>(
  town: Town,
  who: string,
  what: string,
  attempt: (ask: Ask) => Promise<T>,
): Promise<T> {
  const { clock, story, chance } = town;
  // Everybody counts for themselves, so that the same key comes from several: it must be each one's own.
  const key = `request ${countOf(town, who)}`;
  const ask = { by: who, key, fingerprint: what, traceparent: `00-${"1".repeat(32)}-${"2".repeat(16)}-01` };
  let patience = 1_000;
  for (let tries = 1; ; tries += 1) {
    try {
      const answer = await attempt(ask);
      if (isRefusal(answer) && answer.refused === "idempotency-key-reused")
        town.cloud.broken.push(`${who} is told that ${key} was somebody's before`);
      const isLater = isRefusal(answer) && answer.refused === "unavailable";
      if (!isLater) {
        story.tell(`${who}: ${what} – ${isRefusal(answer) ? `refused, ${answer.detail}` : "done"}`);
        if (chance.hits(0.1)) clock.in(chance.between(0, 30_000), () => void repeat(town, what, attempt, ask, answer));
        return answer;
      }
      story.tell(`${who}: ${what} – not now`);
    } catch (error) {
      story.tell(`${who}: ${what} ✗ ${String(error)}`);
    }
    if (tries >= mostTries) {
      town.cloud.broken.push(`${who} never got an answer to: ${what}`);
      return new Promise(() => {});
    }
    await clock.sleep(patience + chance.between(0, 300));
    patience = Math.min(patience * 2, 60_000);
  }
}

/** The same request once more, as a phone sends it that did not hear the answer: it must get the same. */
async function repeat<T extends object>(
  town: Town,
  what: string,
  attempt: (ask: Ask) => Promise<T>,
  ask: Ask,
  answer: T,
): Promise<void> {
  const again = await attempt(ask).catch(() => undefined);
  if (again === undefined || !("body" in answer) || (isRefusal(again) && again.refused === "unavailable")) return;
  const same = "body" in again && again.body === answer.body;
  if (!same) town.cloud.broken.push(`${ask.key} was answered otherwise the second time: ${JSON.stringify(again)}`);
  town.story.tell(`${ask.by}: ${what}, once more`);
}

const counts = new WeakMap<Town, Map<string, number>>();

/** How many requests somebody has made by now, this one included. */
function countOf(town: Town, who: string): number {
  const known = counts.get(town) ?? new Map<string, number>();
  counts.set(town, known);
  const count = (known.get(who) ?? 0) + 1;
  known.set(who, count);
  return count;
}
