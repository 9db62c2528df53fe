import { computed, signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Answered } from "./asked.ts";
import { holder } from "./sign-in.ts";

/** Cut off is said a second after it is known, and within five of the last answer. */
const everyMs = 1_500;
const lateMs = 2_200;
const lookEveryMs = 250;
/** An answer that takes longer is not waited for. */
const patienceMs = 8_000;

/** What has not been answered for too long, and of when its last answer is (epoch ms); null: there has been none. */
const late = signal<ReadonlyMap<object, number | null>>(new Map());
const online = signal(navigator.onLine);
addEventListener("online", () => (online.value = true));
addEventListener("offline", () => (online.value = false));

/** Whether all that is asked for again and again is answered, and the device knows of no missing network. */
export const isCurrent = computed(() => online.value && late.value.size === 0);
/** Of when the oldest of what is shown late is (epoch ms); null where nothing is. */
export const currentAt = computed(() => {
  const shownAt = [...late.value.values()].filter((at) => at !== null);
  return shownAt.length === 0 ? null : Math.min(...shownAt);
});

/**
 * Asks again every few seconds while the page is looked at, for what has no socket: a hidden page asks nothing, and at
 * once when it is looked at again. What stays unanswered makes the page say so.
 */
export function usePolled(polled: Answered<unknown>): void {
  const newest = useRef(polled);
  newest.current = polled;
  useEffect(() => {
    const self = {};
    const openedAt = Date.now();
    let askedAt = openedAt;
    const look = () => {
      const asked = newest.current;
      // Nobody is there to be told while the session has ended; what was asked would wait with all the others.
      const isSeen = document.visibilityState === "visible" && holder.peek() !== null;
      const now = Date.now();
      const isOld = isWaitedFor(asked) && now - (asked.answeredAt ?? openedAt) > lateMs;
      tell(self, isSeen && isOld ? { of: asked.answeredAt } : null);
      if (!isSeen || now < asked.restUntil || now - askedAt < (asked.asking ? patienceMs : everyMs)) return;
      askedAt = now;
      asked.again();
    };
    const timer = setInterval(look, lookEveryMs);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
      tell(self, null);
    };
  }, []);
}

/** A first answer that is a refusal is an answer too; whoever has been answered well waits for the next. */
function isWaitedFor({ answeredAt, asking, problem }: Pick<Answered<unknown>, "answeredAt" | "asking" | "problem">) {
  return answeredAt !== null || (problem === null ? asking : problem.status === 0);
}

/** Says of one who asks that its last answer is too old; null: it is not. */
function tell(who: object, lateness: { readonly of: number | null } | null): void {
  if (lateness?.of === late.value.get(who)) return;
  const next = new Map(late.value);
  if (lateness === null) next.delete(who);
  else next.set(who, lateness.of);
  late.value = next;
}
