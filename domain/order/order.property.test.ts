import fc from "fast-check";
import { expect, test } from "vitest";
import type { Fact } from "../../contracts/events.ts";
import type { EffectRequest } from "../../contracts/rules.ts";
import { hasEnded, isOwed, type Order } from "./order.ts";
import { paidBack } from "./refund.ts";
import {
  accepted, arrived, assigned, delivered, handedOver, later, minute, pickedUp, ready, start, started, Story, ordered,
} from "./story-for-tests.ts"; // prettier-ignore

/** The provider's books of one payment. It does a step when it gets to it, and only what its own rules allow. */
class Provider {
  held = 0;
  taken = 0;
  private done = 0;
  private readonly story: Story;

  constructor(story: Story) {
    this.story = story;
  }

  get owes(): boolean {
    return this.done < this.story.calls.length;
  }

  /** Answers the oldest call that has no answer yet, and, as a doubled answer, once more. */
  answer(yes: boolean, twice: boolean): void {
    const call = this.story.calls[this.done];
    if (call === undefined) return;
    this.done += 1;
    const outcome = this.act(call, yes);
    this.story.pay(outcome);
    const { length } = this.story.log;
    if (twice) this.story.pay(outcome);
    this.mustBe(this.story.log.length, length);
  }

  private mustBe(number: number, wanted: number): void {
    if (number !== wanted) throw new Error(`${number} where ${wanted} must be`);
  }

  private act({ kind, request }: EffectRequest, yes: boolean) {
    const call = request as object;
    const total = this.story.order.placed?.bill.total ?? 0;
    const refused = { result: "refused", reason: "no" } as const;
    switch (kind) {
      case "authorise":
        if (!yes) return { step: "authorise", result: "declined", reason: "no" } as const;
        this.held = total;
        return { step: "authorise", result: "authorised", id: "pay_1" } as const;
      case "capture":
        this.mustBe(this.held, total);
        if (!yes) return { step: "capture", ...refused } as const;
        [this.held, this.taken] = [0, total];
        return { step: "capture", result: "done" } as const;
      case "void":
        this.mustBe(this.held, total);
        if (!yes) return { step: "void", ...refused } as const;
        this.held = 0;
        return { step: "void", result: "done" } as const;
      case "refund":
        this.mustBe("amount" in call ? Number(call.amount) : this.taken, this.taken);
        if (!yes) return { step: "refund", ...refused } as const;
        this.taken = 0;
        return { step: "refund", result: "done" } as const;
      case "refund-part": {
        const { number, amount } = call as { number: number; amount: number };
        if (amount > this.taken) throw new Error(`${amount} of ${this.taken} cannot be paid back`);
        if (!yes) return { step: "refund-part", number, ...refused } as const;
        this.taken -= amount;
        return { step: "refund-part", number, result: "done" } as const;
      }
    }
    throw new Error(`no payment step ${kind}`);
  }
}

type Step = (story: Story, provider: Provider) => void;

const facts: Fact[] = [
  accepted, started, ready, handedOver, assigned, arrived, pickedUp, delivered,
  { type: "ticket.seen", data: { seenAt: start, device: "tablet" } },
  { type: "ticket.promised", data: { readyAt: later + minute, by: "tablet" } },
  { type: "ticket.recalled", data: { readyAt: later + 2 * minute, by: "tablet" } },
  { type: "ticket.rejected", data: { reason: "too-busy", detail: "", by: "tablet" } },
  { type: "delivery.unassigned", data: { reason: "silent" } },
  { type: "delivery.failed", data: { reason: "delivery-failed", detail: "" } },
]; // prettier-ignore

const tell =
  (fact: Fact): Step =>
  (story) =>
    void story.news(fact);
const pays: Step = (_story, provider) => provider.answer(true, false);
const cooked = [pays, tell(accepted), pays, tell(started), tell(ready)];
const fetched = [...cooked, tell(handedOver)];
const driven = [...cooked, tell(assigned), tell(pickedUp), tell(delivered)];
// A life begins straight and goes astray somewhere, so that late states are reached as often as early ones.
const beginning = fc
  .tuple(fc.constantFrom(fetched, driven), fc.nat(driven.length))
  .map(([way, length]) => way.slice(0, length));
const news = fc.constantFrom(...facts).map(tell);
const mostlyYes = fc.nat(7).map((luck) => luck > 0);
const answer = fc.tuple(mostlyYes, fc.boolean()).map(
  ([yes, twice]): Step =>
    (_story, provider) =>
      provider.answer(yes, twice),
);
const time = fc.constantFrom(1_000, minute, 6 * minute, 45 * minute, 8 * 60 * minute).map((ms): Step => (story) => {
  story.after(ms);
});
const cancel = fc.constantFrom("customer", "staff").map(
  (who): Step =>
    (story) =>
      void story.cancel(who),
);
const refund = fc.option(fc.integer({ min: 1, max: 3_000 })).map(
  (amount): Step =>
    (story) =>
      void story.give({ type: "refund", lines: null, amount, reason: "goodwill", detail: "" }, "staff_1"),
);
const place = fc.constant<Step>((story) => void story.place());
const step = fc.oneof(
  { weight: 6, arbitrary: news },
  { weight: 4, arbitrary: answer },
  { weight: 2, arbitrary: time },
  { weight: 1, arbitrary: cancel },
  { weight: 1, arbitrary: refund },
  { weight: 1, arbitrary: place },
);

const life = fc.record({
  fulfilment: fc.constantFrom("pickup", "delivery", "dine-in"),
  cash: fc.nat(4).map((luck) => luck === 0),
  scheduled: fc.nat(4).map((luck) => luck === 0),
  steps: fc.tuple(beginning, fc.array(step, { maxLength: 20 })).map(([straight, astray]) => [...straight, ...astray]),
});

/** What must have become of a payment in cash. */
function atTheDoor(stage: Order["stage"]): string {
  if (!hasEnded(stage)) return "due";
  return stage.status === "collected" || stage.status === "delivered" ? "captured" : "voided";
}

/** What must be true after every single step. */
function holds(story: Story, ended: Order["stage"] | null): void {
  const { order, log, calls } = story;
  const { stage, payment, placed } = order;
  if (ended !== null) expect(stage).toEqual(ended);
  const keys = calls.map(({ key }) => key);
  expect(new Set(keys).size, "no step of the payment is taken twice").toBe(keys.length);
  const back = order.refunds?.filter(({ state }) => state !== "refused") ?? [];
  const total = placed?.bill.total ?? 0;
  expect(
    back.reduce((sum, { amount }) => sum + amount, 0),
    "no more is paid back than was taken",
  ).toBeLessThanOrEqual(total);
  const due = Object.values(story.rules.deadlines(order));
  if (hasEnded(stage)) expect(due).toEqual([]);
  else expect(due.length > 0 && due.every(Number.isFinite), "every wait has its deadline").toBe(true);
  expect(order).toEqual(log.reduce((state, event) => story.rules.evolve(state, event), story.rules.initial));
  expect(order.timeline.map(({ seq, type }) => ({ seq, type }))).toEqual(log.map(({ seq, type }) => ({ seq, type })));

  if (placed !== null && total > 0 && paidBack(order, ["done"]) === total) expect(payment.step).toBe("refunded");
  else if (placed?.payment.method === "cash") expect(payment.step).toBe(atTheDoor(stage));
  else if (stage.status === "placed") expect(payment.step).toBe("authorising");
  else if (stage.status === "sent" || stage.status === "scheduled") expect(payment.step).toBe("authorised");
  else if (!hasEnded(stage)) expect(["capturing", "captured"]).toContain(payment.step);
}

/** What must be true once everybody has answered and nothing more will happen. */
function rests({ order, said }: Story, provider: Provider): void {
  const { stage, payment, placed, fulfilment } = order;
  expect(hasEnded(stage)).toBe(true);
  const back = paidBack(order, ["done"]);
  const owed = placed?.payment.method === "card" && isOwed(stage) ? placed.bill.total - back : 0;
  if (payment.step !== "attention") expect([provider.held, provider.taken]).toEqual([0, owed]);
  else expect(order.attention).toContain("payment: no");
  expect(order.refunds?.filter(({ state }) => state === "asked") ?? []).toEqual([]);

  const count = (type: string): number => said.filter((each) => each.type === type).length;
  expect(count("reservation.kept")).toBe(1);
  expect(count("order.sent")).toBeLessThanOrEqual(1);
  expect(count("order.withdrawn")).toBeLessThanOrEqual(count("order.sent"));
  expect(count("delivery.requested")).toBeLessThanOrEqual(fulfilment === "delivery" ? 1 : 0);
  expect(count("delivery.called-off")).toBeLessThanOrEqual(count("delivery.requested"));
  expect(count("reservation.released")).toBeLessThanOrEqual(1);
  if (stage.status === "collected" || stage.status === "delivered") expect(count("reservation.released")).toBe(0);
  expect(said.findLast(({ type }) => type === "order.changed")?.data).toMatchObject({
    status: stage.status,
    open: false,
  });
}

test("whatever people, kitchens, drivers, time and the provider do, an order ends once and its money with it", () => {
  const ends = new Set<string>();
  fc.assert(
    fc.property(life, ({ fulfilment, cash, scheduled, steps }) => {
      const story = new Story();
      const provider = new Provider(story);
      const change = {
        payment: cash ? ({ method: "cash" } as const) : ordered().payment,
        requestedFor: scheduled ? start + 90 * minute : null,
      };
      story.place(change, fulfilment);
      let ended: Order["stage"] | null = null;
      const run = (work: () => void): void => {
        work();
        holds(story, ended);
        if (hasEnded(story.order.stage)) ended = story.order.stage;
      };
      for (const each of steps) run(() => each(story, provider));
      // Nobody does anything any more: the deadlines alone bring it to its end.
      for (let turns = 0; turns < 40 && ended === null; turns += 1) run(() => void story.after(13 * 60 * minute));
      while (provider.owes) run(() => provider.answer(true, false));
      rests(story, provider);
      ends.add(`${story.order.stage.status} ${story.order.payment.step}${cash ? " in cash" : ""}`);
    }),
    { numRuns: 2_000 },
  );
  // The random lives must have come to the ends that matter, or they prove nothing of them.
  expect([...ends]).toEqual(
    expect.arrayContaining([
      "collected captured", "delivered captured", "collected captured in cash", "rejected voided in cash", "cancelled voided", "cancelled refunded",
      "cancelled declined", "rejected voided", "failed refunded", "failed captured",
    ]), // prettier-ignore
  );
});
