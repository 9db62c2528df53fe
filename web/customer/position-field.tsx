import { useState } from "preact/hooks";
import type { Point } from "../../contracts/point.ts";
import { checkoutWords } from "./words-checkout.ts";

interface PositionFieldProps {
  readonly point: Point | null;
  onChange(point: Point | null): void;
}

/** For who orders to where they are: the driver finds it, and whether it is too far is known before it is paid for. */
export function PositionField({ point, onChange }: PositionFieldProps) {
  const [state, setState] = useState<"idle" | "asking" | "refused">("idle");
  const t = checkoutWords.value;
  const ask = (): void => {
    setState("asking");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setState("idle");
        onChange({ lat: coords.latitude, lng: coords.longitude });
      },
      () => setState("refused"),
      { enableHighAccuracy: true, timeout: 10_000 },
    );
  };
  return (
    <div class="field">
      <p>
        {point === null ? (
          <button type="button" class="button button-quiet" aria-disabled={state === "asking"} onClick={ask}>
            {t.usePosition}
          </button>
        ) : (
          <button type="button" class="button button-quiet" onClick={() => onChange(null)}>
            {t.dropPosition}
          </button>
        )}
      </p>
      <p class="field-hint" role="status">
        {point === null ? (state === "refused" ? t.noPosition : "") : t.positionTaken}
      </p>
    </div>
  );
}
