import type { ReadonlySignal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { sharedWords } from "./words.ts";

/** A blink without a connection is nobody's business. */
const tellAfterMs = 1_000;

/** Says when what is on the screen may be old. */
export function ConnectionBanner({ live }: { readonly live: ReadonlySignal<boolean> }) {
  const [told, setTold] = useState(false);
  const isLive = live.value;
  useEffect(() => {
    if (isLive) return setTold(false);
    const timer = setTimeout(() => setTold(true), navigator.onLine ? tellAfterMs : 0);
    return () => clearTimeout(timer);
  }, [isLive]);
  return (
    <div role="status">
      {told ? (
        <p class="offline">
          {sharedWords.value.offline} <span>{sharedWords.value.offlineMore}</span>
        </p>
      ) : null}
    </div>
  );
}
