import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { words } from "./words.ts";

/** As long as the bar in driver.css takes to fill. */
const heldMs = 700;
/** Who presses a key, or cannot hold, presses twice within so long. */
const againWithinMs = 4_000;

interface HoldButtonProps {
  readonly class: string;
  readonly busy?: boolean;
  readonly children: ComponentChildren;
  onHeld(): void;
}

/** For what cannot be undone: a thumb that slips does nothing, one that stays does it. */
export function HoldButton({ class: look, busy = false, children, onHeld }: HoldButtonProps) {
  const [state, setState] = useState<"idle" | "held" | "asked">("idle");
  const timer = useRef(0);
  const done = useRef(false);
  useEffect(() => () => clearTimeout(timer.current), []);
  const wait = (ms: number, then: () => void) => {
    clearTimeout(timer.current);
    timer.current = window.setTimeout(then, ms);
  };
  const act = () => {
    clearTimeout(timer.current);
    done.current = true;
    setState("idle");
    navigator.vibrate?.(40);
    onHeld();
  };
  const begin = () => {
    if (busy || state === "asked") return;
    done.current = false;
    setState("held");
    wait(heldMs, act);
  };
  const letGo = () => {
    if (state !== "held") return;
    clearTimeout(timer.current);
    setState("idle");
  };
  const press = () => {
    // The click that ends a hold; what it was held for is done.
    if (busy || done.current) return void (done.current = false);
    if (state === "asked") return act();
    setState("asked");
    wait(againWithinMs, () => setState("idle"));
  };
  return (
    <>
      <button
        type="button"
        class={`button hold ${look} ${busy ? "button-busy" : ""}`}
        data-held={state === "held"}
        onPointerDown={begin}
        onPointerUp={letGo}
        onPointerLeave={letGo}
        onPointerCancel={letGo}
        onContextMenu={(event) => event.preventDefault()}
        onClick={press}
      >
        <span>{children}</span>
        <span class="hold-how">{state === "asked" ? words.value.again : words.value.hold}</span>
      </button>
      {/* Whoever cannot see it does not hear that a button has changed. */}
      <span class="for-ears" role="status">
        {state === "asked" ? words.value.again : ""}
      </span>
    </>
  );
}
