import type { EventView } from "../../contracts/order.ts";
import { Panel } from "./frame.tsx";
import { lasted, secondIn } from "./moment-in.ts";
import { useNames } from "./names.ts";
import { happened } from "./order-happened.ts";
import { pageWords } from "./order-page-words.ts";

/** A stillness of less is nothing to be told of. */
const gapMs = 60_000;

interface TimelineProps {
  readonly events: readonly EventView[];
  readonly at: number;
  readonly about: { readonly timeZone: string; readonly currency: string };
  onMove(seq: number): void;
}

/** Every event: when, who, what, how long after the one before; each leads to how the order was then. */
export function OrderTimeline({ events, at, about, onMove }: TimelineProps) {
  const nameOf = useNames();
  const t = pageWords.value;
  return (
    <Panel title={t.timeline}>
      <ol class="timeline">
        {events.map((event, index) => {
          const before = events[index - 1];
          const since = before === undefined ? 0 : Date.parse(event.at) - Date.parse(before.at);
          const { title, detail, who, id } = happened(event, about);
          return (
            <li key={event.seq} data-to-come={event.seq > at}>
              {since >= gapMs ? <p class="timeline-gap small">{t.stillness(lasted(since))}</p> : null}
              <button
                type="button"
                class="timeline-event"
                aria-current={event.seq === at ? "step" : undefined}
                onClick={() => onMove(event.seq)}
              >
                <span class="mono timeline-seq">{event.seq}</span>
                <time class="mono" dateTime={event.at}>
                  {secondIn(event.at, about.timeZone)}
                </time>
                <span class="timeline-what">
                  <strong>{title}</strong> <span dir="auto">{detail}</span>
                </span>
                <span class="timeline-who small">
                  <By who={who} name={nameOf(id)} id={id} />
                </span>
                <span class="small figures timeline-since">
                  {since > 999 && since < gapMs ? t.after(lasted(since)) : ""}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}

/** A part of ours, or a kind of people, and by name or id which of them. */
function By({ who, name, id }: { readonly who: string; readonly name: string | null; readonly id: string }) {
  if (id === "") return <>{who}</>;
  return (
    <>
      {who} {name === null ? <span class="mono timeline-id">{id}</span> : <bdi class="timeline-id">{name}</bdi>}
    </>
  );
}
