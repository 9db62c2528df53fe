import { useEffect, useRef, useState } from "preact/hooks";
import { sharedWords } from "../shared/words.ts";
import { Icon } from "../shared/icon.tsx";
import type { ShownTicket } from "./after-pending.ts";
import type { Kitchen } from "./board-page.tsx";
import { useMasonry } from "./masonry.ts";
import { Ticket } from "./ticket.tsx";
import { words } from "./words.ts";

interface RailProps {
  readonly kitchen: Kitchen;
  readonly tickets: readonly ShownTicket[];
}

/** The tickets to work on, as many as there are; what does not fit is counted and one touch away. */
export function Rail({ kitchen, tickets }: RailProps) {
  const rail = useRef<HTMLDivElement>(null);
  const { above, below } = useHidden(rail, tickets.map(({ order, status }) => `${order}${status}`).join());
  const t = words.value;
  const turn = (pages: number) => {
    const view = rail.current;
    view?.scrollBy({ top: pages * view.clientHeight * 0.85, behavior: "smooth" });
  };
  return (
    <section class="rail" aria-labelledby="rail">
      <h2 id="rail" class="for-ears">
        {t.tickets}
      </h2>
      <div class="rail-view" ref={rail} tabIndex={-1}>
        {tickets.length === 0 ? (
          <p class="rail-empty">{kitchen.board.known.value ? t.nothingToDo : sharedWords.value.loading}</p>
        ) : null}
        <ul class="tickets" ref={useMasonry(tickets.map(({ order }) => order).join())}>
          {tickets.map((ticket, place) => (
            <Ticket key={ticket.order} kitchen={kitchen} ticket={ticket} place={place < 10 ? place + 1 : null} />
          ))}
        </ul>
      </div>
      {above + below === 0 ? null : (
        <div class="rail-more">
          {above === 0 ? null : (
            <button type="button" class="rail-above" onClick={() => turn(-1)}>
              <Icon name="arrow" /> {t.above(above)}
            </button>
          )}
          {below === 0 ? null : (
            <button type="button" class="rail-below" onClick={() => turn(1)}>
              <Icon name="arrow" /> {t.below(below)}
            </button>
          )}
        </div>
      )}
    </section>
  );
}

/** How many tickets begin above and below what can be seen; counted when they stand, so that nothing waits for it. */
function useHidden(rail: { readonly current: HTMLElement | null }, tickets: string): { above: number; below: number } {
  const [hidden, setHidden] = useState({ above: 0, below: 0 });
  const count = useRef(() => undefined);
  useEffect(() => {
    const view = rail.current;
    if (view === null) return undefined;
    const look = (): void => {
      const frame = view.getBoundingClientRect();
      const floor = Math.min(frame.bottom, innerHeight);
      let [above, below] = [0, 0];
      for (const ticket of view.querySelectorAll(".ticket")) {
        const { top, bottom } = ticket.getBoundingClientRect();
        if (bottom < frame.top + 24) above += 1;
        else if (top > floor - 48) below += 1;
      }
      setHidden((before) => (before.above === above && before.below === below ? before : { above, below }));
    };
    let [frame, after] = [0, 0];
    const soon = (): undefined => {
      cancelAnimationFrame(frame);
      clearTimeout(after);
      frame = requestAnimationFrame(() => (after = setTimeout(look, 0)));
    };
    count.current = soon;
    const sized = new ResizeObserver(soon);
    for (const one of [view, ...view.querySelectorAll(".tickets")]) sized.observe(one);
    view.addEventListener("scroll", soon, { passive: true });
    addEventListener("scroll", soon, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(after);
      sized.disconnect();
      view.removeEventListener("scroll", soon);
      removeEventListener("scroll", soon);
    };
  }, []);
  useEffect(() => count.current(), [tickets]);
  return hidden;
}
