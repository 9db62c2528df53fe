import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { ConnectionBanner } from "../shared/connection.tsx";
import { moves } from "./place.ts";
import { currentAt, isCurrent } from "./polled.ts";

/** The move whose page has had the focus. */
let begun = 0;

interface FrameProps {
  readonly title: string;
  /** Under the title, in one line. */
  readonly lead?: ComponentChildren;
  /** Buttons and links beside the title. */
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A page of the admin's app: its one heading, what can be done with all of it, and what it holds. */
export function Frame({ title, lead, actions, children }: FrameProps) {
  const main = useRef<HTMLElement>(null);
  const { count } = moves.value;
  useEffect(() => void (document.title = `${title} · Comanda`), [title]);
  useEffect(() => {
    const { activeElement, body } = document;
    // On another page one begins at its top; what had the focus may have gone with the page before.
    if (count === 0 || main.current?.contains(activeElement) === true) return;
    if (begun === count && activeElement !== body) return;
    begun = count;
    main.current?.focus({ preventScroll: true });
  }, [count]);
  return (
    <main class="frame" id="content" tabIndex={-1} ref={main}>
      <header class="frame-head">
        <div>
          <h1>{title}</h1>
          {lead === undefined ? null : (
            <p class="quiet">
              <bdi>{lead}</bdi>
            </p>
          )}
        </div>
        {actions === undefined ? null : <div class="frame-actions">{actions}</div>}
      </header>
      <div class="frame-offline">
        <ConnectionBanner live={isCurrent} asOf={currentAt.value} />
      </div>
      {children}
    </main>
  );
}

interface PanelProps {
  readonly title: string;
  readonly lead?: ComponentChildren;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
  readonly wide?: boolean;
}

/** A part of a page with a heading of its own. */
export function Panel({ title, lead, actions, children, wide = false }: PanelProps) {
  return (
    <section class={`panel ${wide ? "panel-wide" : ""}`} aria-label={title}>
      <header class="panel-head">
        <div>
          <h2>{title}</h2>
          {lead === undefined ? null : <p class="small quiet">{lead}</p>}
        </div>
        {actions === undefined ? null : <div class="frame-actions">{actions}</div>}
      </header>
      {children}
    </section>
  );
}
