import type { EndpointView } from "../../contracts/webhook.ts";
import { clock } from "../shared/format.ts";
import type { Tone } from "./states.tsx";
import { words } from "./webhooks-words.ts";

/** How an endpoint fares, in a word or two. */
export function conditionOf({ disabled, breaker }: EndpointView): { readonly tone: Tone; readonly words: string } {
  const t = words.value;
  if (disabled !== null) return { tone: "stop", words: t.disabled[disabled.reason] };
  switch (breaker.state) {
    case "open":
      return { tone: "stop", words: breaker.until === null ? t.breakers.open : t.openUntil(clock(breaker.until)) };
    case "half-open":
      return { tone: "wait", words: t.breakers["half-open"] };
    case "closed":
      return breaker.since === null
        ? { tone: "go", words: t.breakers.closed }
        : { tone: "wait", words: t.failingSince(clock(breaker.since)) };
  }
}
