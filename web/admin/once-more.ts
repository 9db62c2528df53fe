import { useEffect, useRef } from "preact/hooks";
import type { Refused } from "../shared/api.ts";
import { isPassing } from "../shared/intent.ts";

const pausesMs = [1_000, 2_000, 4_000, 8_000];

/**
 * Asks again by itself where no answer came or the server is not well: soon at first, but not before the server wants
 * to be asked, and from then on at once when the network is back or the page is looked at again.
 */
export function useOnceMore(refused: Refused | null, again: () => void): void {
  const failures = useRef(0);
  const newest = useRef(again);
  newest.current = again;
  useEffect(() => {
    if (refused === null) return void (failures.current = 0);
    if (!isPassing(refused.problem.status)) return;
    const pauseMs = pausesMs[failures.current] ?? 8_000;
    failures.current += 1;
    const restMs = refused.afterMs ?? 0;
    const restUntil = Date.now() + restMs;
    const look = () => document.visibilityState === "visible" && Date.now() >= restUntil && newest.current();
    const timer = setTimeout(look, Math.max(pauseMs, restMs));
    addEventListener("online", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearTimeout(timer);
      removeEventListener("online", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, [refused]);
}
