import { useLayoutEffect, useRef } from "preact/hooks";

const rowPx = 4;

/** Gives a ticket as many of the rail's rows as it is tall, so that the next one stands close under it. */
export function useRows(): { current: HTMLLIElement | null } {
  const ticket = useRef<HTMLLIElement>(null);
  useLayoutEffect(() => {
    const { current } = ticket;
    if (current === null) return undefined;
    const fit = () => {
      const gap = Number.parseFloat(getComputedStyle(current).getPropertyValue("--ticket-gap")) || 0;
      current.style.gridRowEnd = `span ${Math.ceil((current.getBoundingClientRect().height + gap) / rowPx)}`;
    };
    const sized = new ResizeObserver(fit);
    sized.observe(current);
    fit();
    return () => sized.disconnect();
  }, []);
  return ticket;
}
