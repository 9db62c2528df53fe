import type { TargetedEvent } from "preact";
import { useEffect, useRef } from "preact/hooks";

/**
 * Whoever goes by keyboard or by ear is led on to what takes the place of the button that was pressed and is gone.
 * `place` names what the screen shows.
 */
export function useKeptFocus(place: string) {
  const ref = useRef<HTMLElement>(null);
  const last = useRef<Node | null>(null);
  useEffect(() => {
    if (last.current?.isConnected !== false || document.activeElement !== document.body) return;
    last.current = null;
    const heading = ref.current?.querySelector("h2") ?? ref.current;
    if (heading === null) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }, [place]);
  const onFocusIn = ({ target }: TargetedEvent<HTMLElement, FocusEvent>): void => {
    last.current = target instanceof Node ? target : null;
  };
  return { ref, onFocusIn };
}
