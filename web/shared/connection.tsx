import type { ReadonlySignal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { sinceWhen } from "./format.ts";
import { sharedWords } from "./words.ts";

/** A blink without a connection is nobody's business. */
const tellAfterMs = 700;

interface ConnectionBannerProps {
  readonly live: ReadonlySignal<boolean>;
  /** Until when (epoch ms) what is on the screen was so; null where that is not known. */
  readonly asOf?: number | null;
}

/** Says when what is on the screen may be old. */
export function ConnectionBanner({ live, asOf = null }: ConnectionBannerProps) {
  const [told, setTold] = useState(false);
  const isLive = live.value;
  useEffect(() => {
    if (isLive) return setTold(false);
    const timer = setTimeout(() => setTold(true), navigator.onLine ? tellAfterMs : 0);
    return () => clearTimeout(timer);
  }, [isLive]);
  const t = sharedWords.value;
  return (
    <div role="status">
      {told ? (
        <p class="offline">
          {t.offline} <span>{asOf === null ? t.offlineMore : t.asOf(sinceWhen(asOf))}</span>
        </p>
      ) : null}
    </div>
  );
}
