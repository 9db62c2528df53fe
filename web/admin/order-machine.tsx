import type { EventView } from "../../contracts/order.ts";
import { Icon } from "../shared/icon.tsx";
import { secondIn } from "./moment-in.ts";
import { happened } from "./order-happened.ts";
import { pageWords } from "./order-page-words.ts";

interface MachineProps {
  readonly events: readonly EventView[];
  /** The event that is shown, and the newest. */
  readonly at: number;
  readonly last: number;
  readonly about: { readonly timeZone: string; readonly currency: string };
  onMove(seq: number): void;
}

/** A slider over the order's events. */
export function OrderMachine({ events, at, last, about, onMove }: MachineProps) {
  const t = pageWords.value;
  const event = events.find(({ seq }) => seq === at);
  const told = event === undefined ? "" : `${secondIn(event.at, about.timeZone)} · ${happened(event, about).title}`;
  return (
    <section class="machine" aria-label={t.machine} data-past={at < last}>
      <header>
        <h2>{t.machine}</h2>
        <p class="figures">
          {t.event(at, last)} <strong>{told}</strong>
        </p>
      </header>
      <div class="machine-way">
        <button
          type="button"
          class="button button-quiet button-icon"
          aria-label={t.earlier}
          disabled={at <= 1}
          onClick={() => onMove(at - 1)}
        >
          <Icon name="back" />
        </button>
        <input
          type="range"
          min={1}
          max={last}
          step={1}
          value={at}
          aria-label={t.machine}
          aria-valuetext={`${t.event(at, last)}: ${told}`}
          onInput={({ currentTarget }) => onMove(currentTarget.valueAsNumber)}
        />
        <button
          type="button"
          class="button button-quiet button-icon"
          aria-label={t.later}
          disabled={at >= last}
          onClick={() => onMove(at + 1)}
        >
          <Icon name="arrow" />
        </button>
        <button type="button" class="button button-quiet" disabled={at >= last} onClick={() => onMove(last)}>
          {t.backToNow}
        </button>
      </div>
      <p class="small quiet">{t.machineHow}</p>
    </section>
  );
}
