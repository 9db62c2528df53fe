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
            <Ticket key={ticket.order} kitchen={kitchen} ticket={ticket} place={place + 1} />
          ))}
        </ul>
      </div>
      {above + below === 0 ? null : (
        <div class="rail-more">
          {above === 0 ? (
            <span />
          ) : (
            <button type="button" class="rail-above" onClick={() => turn(-1)}>
              <Icon name="arrow" /> {t.above(above)}
            </button>
          )}
          {below === 0 ? (
            <span />
          ) : (
            <button type="button" class="rail-below" onClick={() => turn(1)}>
              <Icon name="arrow" /> {t.below(below)}
            </button>
          )}
        </div>
      )}
    </section>
  );
}

/** How many tickets begin above and below what can be seen. */
function useHidden(rail: { readonly current: HTMLElement | null }, tickets: string): { above: number; below: number } {
  const [hidden, setHidden] = useState({ above: 0, below: 0 });
  useEffect(() => {
    const view = rail.current;
    if (view === null) return undefined;
    const look = () => {
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
    const sized = new ResizeObserver(look);
    sized.observe(view);
    for (const ticket of view.querySelectorAll(".ticket")) sized.observe(ticket);
    view.addEventListener("scroll", look, { passive: true });
    addEventListener("scroll", look, { passive: true });
    look();
    return () => {
      sized.disconnect();
      view.removeEventListener("scroll", look);
      removeEventListener("scroll", look);
    };
  }, [tickets]);
  return hidden;
}
