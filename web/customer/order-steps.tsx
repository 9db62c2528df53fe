import type { OrderStatus, OrderView } from "../../contracts/order.ts";
import { moment, type Stance } from "./moments.ts";
import { orderWords } from "./words-order.ts";

type Step = keyof (typeof orderWords.value)["steps"];

const stepsOf: Record<OrderView["fulfilment"], readonly Step[]> = {
  pickup: ["placed", "seen", "accepted", "preparing", "ready", "collected"],
  "dine-in": ["placed", "seen", "accepted", "preparing", "ready", "collected"],
  delivery: ["placed", "seen", "accepted", "preparing", "ready", "picked-up", "delivered"],
};

/** The step a state stands for; null where the order has ended without food. */
const reached: Record<OrderStatus, Step | null> = {
  basket: "placed",
  placed: "placed",
  scheduled: "placed",
  sent: "placed",
  accepted: "accepted",
  preparing: "preparing",
  ready: "ready",
  "out-for-delivery": "picked-up",
  collected: "collected",
  delivered: "delivered",
  rejected: null,
  cancelled: null,
  failed: null,
};

/** The way of the order: what has happened and when, what is still to come. */
export function OrderSteps({ order, stance }: { readonly order: OrderView; readonly stance: Stance | null }) {
  const t = orderWords.value;
  const all = stepsOf[order.fulfilment].map((step) => ({ step, at: timeOf(order, step) }));
  const now = order.status === "sent" && order.seenAt !== null ? "seen" : reached[order.status];
  const steps = now === null ? all.filter(({ at }) => at !== undefined) : all;
  const ended = order.timeline.findLast(({ type }) => type === order.status)?.at;
  const here = now === null ? steps.length - 1 : steps.findIndex(({ step }) => step === now);
  return (
    <ol class="steps">
      {steps.map(({ step, at }, place) => (
        <li key={step} data-done={place <= here} aria-current={now !== null && place === here ? "step" : undefined}>
          <span>{t.steps[step]}</span>
          {/* What was taken back, as a recalled dish, lies ahead again. */}
          <span class="figures quiet">
            {at === undefined || place > here || stance === null ? "" : moment(at, stance, t)}
          </span>
        </li>
      ))}
      {now === null ? (
        <li data-done="true" data-end="true" aria-current="step">
          <span>{t.status[order.status]}</span>
          <span class="figures quiet">{ended === undefined || stance === null ? "" : moment(ended, stance, t)}</span>
        </li>
      ) : null}
    </ol>
  );
}

function timeOf({ timeline }: OrderView, step: Step): string | undefined {
  return timeline.findLast(({ type }) => type === step)?.at;
}
