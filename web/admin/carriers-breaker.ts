import type { CarrierView } from "../../contracts/carrier.ts";
import { clock } from "../shared/format.ts";
import { words } from "./carriers-words.ts";
import type { Tone } from "./states.tsx";

/** Whether a carrier is called, in a word or two. */
export function breakerOf({ enabled, breaker }: CarrierView): { readonly tone: Tone; readonly words: string } {
  const t = words.value;
  if (!enabled) return { tone: "plain", words: t.off };
  switch (breaker.state) {
    case "open":
      return { tone: "stop", words: breaker.until === null ? t.breakers.open : t.openUntil(clock(breaker.until)) };
    case "half-open":
      return { tone: "wait", words: t.breakers["half-open"] };
    case "closed":
      return breaker.failures === 0
        ? { tone: "go", words: t.breakers.closed }
        : { tone: "wait", words: t.failing(breaker.failures) };
  }
}
