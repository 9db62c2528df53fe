import { describe, expect, test } from "vitest";
import type { Fact } from "../../contracts/events.ts";
import { isRefusal, type Refusal } from "../../contracts/problem.ts";
import type { OrderCommand } from "./events.ts";
import { hasEnded } from "./order.ts";
import {
  accepted, arrived, assigned, at, authorised, board, captured, clams, delivered, driver, guest, handedOver, later,
  minute, ordered, pickedUp, ready, start, started, Story, type Milestone,
} from "./story-for-tests.ts"; // prettier-ignore

const hour = 60 * minute;
const declined = { step: "authorise", result: "declined", reason: "insufficient_funds" } as const;
const captureRefused = { step: "capture", result: "refused", reason: "The issuer said no." } as const;
const voided = { step: "void", result: "done" } as const;
const refunded = { step: "refund", result: "done" } as const;

const rejected: Fact = { type: "ticket.rejected", data: { reason: "too-busy", detail: "Full.", by: "tablet" } };
const recalled: Fact = { type: "ticket.recalled", data: { readyAt: later + 10 * minute, by: "tablet" } };
const promised: Fact = { type: "ticket.promised", data: { readyAt: later + 5 * minute, by: "tablet" } };
const unassigned: Fact = { type: "delivery.unassigned", data: { reason: "silent" } };
const failed: Fact = { type: "delivery.failed", data: { reason: "delivery-failed", detail: "Nobody was there." } };

function kinds(story: Story): string[] {
  return story.calls.map(({ kind }) => kind);
}

function refusalOf(outcome: string[] | Refusal): string {
  return isRefusal(outcome) ? outcome.refused : `not refused: ${outcome.join(" ")}`;
}

describe("the life of an order", () => {
  test("for pickup goes from basket to collected", () => {
    const story = new Story();
    expect(story.open()).toEqual(["opened", "lines-changed"]);
    expect(story.order.stage).toEqual({ status: "basket", expiresAt: start + 24 * hour });
    expect(story.place()).toEqual(["lines-changed", "placed"]);
    expect(story.pay(authorised)).toEqual(["payment-authorised", "sent"]);
    expect(story.order.stage).toEqual({ status: "sent", answerBy: start + 5 * minute });
    expect(story.news({ type: "ticket.seen", data: { seenAt: start + 1, device: "tablet" } })).toEqual(["seen"]);
    expect(story.news(accepted)).toEqual(["accepted"]);
    expect(story.order.stage).toEqual({ status: "accepted", readyAt: later });
    expect(story.pay(captured)).toEqual(["payment-captured"]);
    expect(story.news(promised)).toEqual(["promised"]);
    expect(story.order.stage).toEqual({ status: "accepted", readyAt: later + 5 * minute });
    expect(story.news(started)).toEqual(["preparing"]);
    expect(story.order.stage).toEqual({ status: "preparing", readyAt: later + 5 * minute });
    story.now = later;
    expect(story.news(ready)).toEqual(["ready"]);
    expect(story.order.stage).toEqual({ status: "ready", readyAt: later });
    expect(story.news(handedOver)).toEqual(["collected"]);
    expect(story.order).toMatchObject({
      stage: { status: "collected" },
      payment: { step: "captured" },
      seenAt: start + 1,
    });
    expect(kinds(story)).toEqual(["authorise", "capture"]);
  });

  test("for delivery goes on with a driver to delivered", () => {
    const story = at("ready", "delivery");
    expect(story.news(assigned)).toEqual(["driver-assigned"]);
    expect(story.order.delivery).toMatchObject({ driver, atVenue: false, pickupAt: later });
    expect(story.news(arrived)).toEqual(["driver-arrived"]);
    expect(story.order.delivery?.atVenue).toBe(true);
    expect(story.news(pickedUp)).toEqual(["picked-up"]);
    expect(story.order).toMatchObject({
      stage: { status: "out-for-delivery" },
      delivery: { atVenue: false, pickedUp: true },
    });
    expect(story.news(delivered)).toEqual(["delivered"]);
    expect(story.order).toMatchObject({ stage: { status: "delivered" }, payment: { step: "captured" } });
  });

  test("is placed at once where no basket was opened before", () => {
    expect(new Story().place()).toEqual(["opened", "lines-changed", "placed"]);
  });

  test.for([
    ["cash", { payment: { method: "cash" } }],
    ["a card with nothing to pay", { bill: { ...ordered().bill, total: 0 } }],
  ] as const)("with %s goes to the kitchen without the provider", ([, change]) => {
    const story = new Story();
    expect(story.place(change)).toEqual(["opened", "lines-changed", "placed", "sent"]);
    story.news(accepted);
    expect(story.order.payment).toEqual({ step: "due" });
    expect(story.cancel()).toEqual(["cancelled", "payment-voided"]);
    expect(story.order).toMatchObject({ stage: { status: "cancelled" }, payment: { step: "voided" } });
    expect(story.calls).toEqual([]);
  });

  test("in cash is paid when it is handed over, and never where it is not", () => {
    const cash = { payment: { method: "cash" } } as const;
    const fetched = at("ready", "pickup", cash);
    expect(fetched.news(handedOver)).toEqual(["collected", "payment-captured"]);
    const driven = at("out-for-delivery", "delivery", cash);
    expect(driven.news(delivered)).toEqual(["delivered", "payment-captured"]);
    expect([fetched, driven].map(({ order }) => order.payment)).toEqual([
      { step: "captured", id: "" },
      { step: "captured", id: "" },
    ]);
    const rejected = at("sent", "pickup", cash);
    expect(rejected.news({ type: "ticket.rejected", data: { reason: "closing", detail: "", by: "x" } })).toEqual([
      "rejected",
      "payment-voided",
    ]);
    const forgotten = at("ready", "pickup", cash);
    forgotten.after(45 * minute);
    expect(forgotten.after(13 * hour)).toEqual(["failed", "payment-voided"]);
    for (const { order, calls } of [fetched, driven, rejected, forgotten]) {
      expect(calls).toEqual([]);
      expect(order.timeline.filter(({ type }) => type.startsWith("payment-"))).toHaveLength(1);
    }
  });

  test("that is for later waits, and is sent so early that the kitchen can answer and cook", () => {
    const story = new Story();
    const requestedFor = start + 3 * hour;
    story.place({ requestedFor });
    expect(story.pay(authorised)).toEqual(["payment-authorised", "scheduled"]);
    expect(story.order.stage).toEqual({ status: "scheduled", sendAt: requestedFor - 25 * minute });
    expect(story.after(2 * hour)).toEqual([]);
    expect(story.after(35 * minute)).toEqual(["sent"]);
    expect(story.log.at(-1)).toMatchObject({ suggestedReadyAt: requestedFor, answerBy: story.now + 5 * minute });
  });

  test("that is for sooner than it can be cooked is sent at once, promising what can be held", () => {
    const story = new Story();
    story.place({ requestedFor: start + 10 * minute });
    story.pay(authorised);
    expect(story.log.at(-1)).toMatchObject({ type: "sent", suggestedReadyAt: start + 20 * minute });
  });

  test("goes back to preparing when the kitchen recalls it", () => {
    const story = at("ready");
    expect(story.news(recalled)).toEqual(["recalled"]);
    expect(story.order.stage).toEqual({ status: "preparing", readyAt: later + 10 * minute });
  });

  test("takes a driver who fetches it before the kitchen has said that it is ready", () => {
    const story = at("accepted", "delivery");
    story.news(assigned);
    expect(story.news(pickedUp)).toEqual(["picked-up"]);
    expect(refusalOf(story.news(ready))).toBe("conflict");
    expect(story.news(delivered)).toEqual(["delivered"]);
  });

  test("finds another driver when one gives up before pick-up", () => {
    const story = at("accepted", "delivery");
    story.news(assigned);
    expect(story.news(unassigned)).toEqual(["driver-unassigned"]);
    expect(story.order.delivery).toMatchObject({ driver: null, pickupAt: null });
    expect(story.news(unassigned)).toEqual([]);
    expect(story.news(assigned)).toEqual(["driver-assigned"]);
  });

  test("is handed over to the driver, not to the customer, where it is delivered", () => {
    expect(at("ready", "delivery").news(handedOver)).toEqual([]);
  });

  test("cannot be placed on stock that has been given back meanwhile", () => {
    const story = new Story();
    const place: OrderCommand = {
      type: "place",
      venue: "demo-1",
      fulfilment: "pickup",
      lines: [],
      order: ordered(),
      reservedUntil: start - 1,
    };
    expect(story.give(place)).toMatchObject({ refused: "conflict", detail: expect.stringMatching(/given back/) });
    expect(story.log).toEqual([]);
  });

  test("takes lines only while it is a basket, and at most a hundred", () => {
    const story = new Story();
    story.open();
    const change = (how: "add" | "replace", count: number) =>
      story.give({
        type: "change-lines",
        how,
        lines: Array.from({ length: count }, () => ({ item: "soup", quantity: 1, options: [] })),
      });
    expect(change("add", 99)).toEqual(["lines-changed"]);
    expect(story.order.lines).toHaveLength(100);
    expect(refusalOf(change("add", 1))).toBe("invalid-value");
    expect(change("replace", 1)).toEqual(["lines-changed"]);
    expect(story.order.lines).toHaveLength(1);
    story.place();
    expect(refusalOf(change("replace", 1))).toBe("conflict");
  });
});

describe("an end without food", () => {
  const noAnswer = (story: Story): unknown => story.after(5 * minute);
  const cancelled = (story: Story): unknown => story.cancel("staff");
  const givenUp = (story: Story): unknown => story.after(14 * hour);
  test.for([
    ["cancelled before the card was answered", "placed", "pickup", cancelled, "cancelled", "authorising"],
    [
      "the provider never answered",
      "placed",
      "pickup",
      (story: Story) => story.after(10 * minute),
      "cancelled",
      "authorising",
    ],
    ["the card was declined", "placed", "pickup", (story: Story) => story.pay(declined), "cancelled", "declined"],
    ["cancelled before the kitchen answered", "sent", "pickup", cancelled, "cancelled", "voiding"],
    ["the kitchen rejected it", "sent", "pickup", (story: Story) => story.news(rejected), "rejected", "voiding"],
    ["the kitchen did not answer", "sent", "pickup", noAnswer, "cancelled", "voiding"],
    ["cancelled after it was accepted", "accepted", "pickup", cancelled, "cancelled", "refunding"],
    ["cancelled while it was cooked", "preparing", "delivery", cancelled, "cancelled", "refunding"],
    ["never cooked", "accepted", "pickup", givenUp, "failed", "refunding"],
    ["no driver was found", "ready", "delivery", givenUp, "failed", "refunding"],
    [
      "the delivery failed",
      "out-for-delivery",
      "delivery",
      (story: Story) => story.news(failed),
      "failed",
      "refunding",
    ],
    ["the delivery was never heard of again", "out-for-delivery", "delivery", givenUp, "failed", "refunding"],
    ["it was never fetched", "ready", "pickup", givenUp, "failed", "captured"],
  ] as const)(
    "%s: the money is let go or paid back as it should be",
    ([, milestone, fulfilment, ending, status, step]) => {
      const story = at(milestone, fulfilment);
      ending(story);
      expect(story.order).toMatchObject({ stage: { status }, payment: { step } });
      const owed = { voiding: ["void"], refunding: ["refund"], captured: [], authorising: [], declined: [] }[step];
      expect(kinds(story).filter((kind) => kind === "void" || kind === "refund")).toEqual(owed);
    },
  );

  test.for([
    ["placed", [authorised, voided], "voided", ["authorise", "void"]],
    ["placed", [declined], "declined", ["authorise"]],
  ] as const)(
    "while the provider is thinking (%s) waits for its word and then undoes it",
    ([milestone, outcomes, step, calls]) => {
      const story = at(milestone);
      story.cancel();
      for (const outcome of outcomes) story.pay(outcome);
      expect(story.order).toMatchObject({ stage: { status: "cancelled" }, payment: { step } });
      expect(kinds(story)).toEqual(calls);
    },
  );

  function capturing(): Story {
    const story = at("sent");
    story.news(accepted);
    expect(story.order.payment.step).toBe("capturing");
    return story;
  }

  test("while the money is being taken is refunded once it is taken", () => {
    const story = capturing();
    story.cancel();
    expect(story.pay(captured)).toEqual(["payment-captured"]);
    expect(story.order.payment.step).toBe("refunding");
    expect(story.pay(refunded)).toEqual(["payment-refunded"]);
    expect(kinds(story)).toEqual(["authorise", "capture", "refund"]);
  });

  test("while the money is being taken in vain is let go", () => {
    const story = capturing();
    story.cancel();
    story.pay(captureRefused);
    expect(story.order.payment.step).toBe("voiding");
    story.pay(voided);
    expect(kinds(story)).toEqual(["authorise", "capture", "void"]);
  });

  test("comes when the money cannot be taken, and the customer is told that nothing was charged", () => {
    const story = capturing();
    expect(story.pay(captureRefused)).toEqual(["payment-capture-refused", "cancelled"]);
    expect(story.order).toMatchObject({
      stage: {
        status: "cancelled",
        end: { reason: "payment-failed", detail: expect.stringMatching(/Nothing was charged/) },
      },
      payment: { step: "voiding" },
    });
  });

  test("does not come any more when the food is handed over; the money is then owed and somebody must see to it", () => {
    const story = capturing();
    for (const fact of [started, ready, handedOver]) story.news(fact);
    expect(story.pay(captureRefused)).toEqual(["payment-stuck"]);
    expect(story.order).toMatchObject({
      stage: { status: "collected" },
      payment: { step: "attention", doing: "capture" },
      attention: ["payment: The issuer said no."],
    });
  });

  test.for(["void", "refund"] as const)("whose %s the provider refuses calls for attention", (step) => {
    const story = at(step === "void" ? "sent" : "accepted");
    story.cancel();
    expect(story.pay({ step, result: "refused", reason: "No such payment." })).toEqual(["payment-stuck"]);
    expect(story.order.payment).toMatchObject({ step: "attention", doing: step, id: "pay_1" });
  });

  test("of a basket that was left leaves no trace elsewhere", () => {
    const story = new Story();
    story.open();
    expect(story.after(24 * hour)).toEqual(["cancelled"]);
    expect(story.order.stage).toMatchObject({ end: { reason: "abandoned", by: "timer" } });
    expect([story.said, story.calls]).toEqual([[], []]);
  });
});

describe("a step of the payment", () => {
  test("has one key for ever and says which payment it is", () => {
    const story = at("accepted");
    story.cancel();
    const id = "ord_00000000000000000000000001";
    expect(story.calls).toEqual([
      {
        key: `${id}/authorise`,
        kind: "authorise",
        request: { amount: 2_800, currency: "EUR", method: "card_ok", reference: id },
      },
      { key: `${id}/capture`, kind: "capture", request: { payment: "pay_1" } },
      { key: `${id}/refund`, kind: "refund", request: { payment: "pay_1", reason: "customer-cancelled" } },
    ]);
  });

  test.for(["authorise", "capture", "void", "refund"] as const)(
    "%s is recorded once, however often its outcome comes",
    (step) => {
      const story = at(step === "refund" ? "accepted" : "sent");
      if (step === "void" || step === "refund") story.cancel();
      if (step === "capture") story.news(accepted);
      const outcome = step === "authorise" ? authorised : ({ step, result: "done" } as const);
      story.pay(outcome);
      const length = story.log.length;
      expect(story.pay(outcome)).toEqual([]);
      expect(story.log).toHaveLength(length);
    },
  );
});

describe("what others are told", () => {
  test("the venue keeps what it holds and the read model has a line as soon as it is placed", () => {
    const story = new Story();
    expect(story.saying(() => story.place())).toEqual(["venue reservation.kept", "outlet order.changed"]);
    expect(story.said.at(-1)).toMatchObject({
      to: "outlet/demo/orders",
      data: { customer: guest, status: "placed", total: 2_800, placedAt: start, open: true },
    });
  });

  test("the kitchen gets a ticket when it is sent, with the time by which it must answer", () => {
    const story = at("placed", "pickup", { note: "No coriander." });
    expect(story.saying(() => story.pay(authorised))).toEqual(["board order.sent", "outlet order.changed"]);
    const ticket = story.said.find(({ type }) => type === "order.sent");
    expect(ticket).toMatchObject({
      to: board,
      data: { code: "KT47", customer: "Ada L.", note: "No coriander.", answerBy: start + 5 * minute, placedAt: start },
    });
    expect(JSON.stringify(ticket)).not.toMatch(/4711|card_ok|\+49|Lovelace/);
  });

  test("the drivers' zone hears of a delivery when it is accepted, with the promised time and the PIN", () => {
    const address = {
      line1: "Kastanienallee 1",
      line2: null,
      postcode: "10435",
      city: "Berlin",
      lat: 52.5,
      lng: 13.4,
      note: "3rd bell",
    };
    const story = at("sent", "delivery", { address });
    expect(story.saying(() => story.news(accepted))).toEqual(["zone delivery.requested", "outlet order.changed"]);
    expect(story.said.find(({ to }) => to === "zone/demo/main")?.data).toMatchObject({
      pin: "4711",
      readyAt: later,
      cash: null,
      pickup: { name: "Tasca" },
      dropoff: {
        name: "Ada Lovelace",
        address: "Kastanienallee 1, 10435, Berlin",
        note: "3rd bell",
        point: { lat: 52.5, lng: 13.4 },
      },
    });
  });

  test("the driver learns what is to be collected in cash", () => {
    const story = at("accepted", "delivery", { payment: { method: "cash" } });
    expect(story.said.find(({ type }) => type === "delivery.requested")?.data).toMatchObject({
      cash: { amount: 2_800, currency: "EUR" },
    });
  });

  test.for([
    ["promised", "accepted", promised, { readyAt: later + 5 * minute, ready: false }],
    ["ready", "preparing", ready, { readyAt: start, ready: true }],
    ["recalled", "ready", recalled, { readyAt: later + 10 * minute, ready: false }],
  ] as const)("the zone hears when the food is %s; of a pickup it hears nothing", ([, milestone, fact, data]) => {
    const story = at(milestone, "delivery");
    expect(story.saying(() => story.news(fact))).toContain("zone delivery.ready-changed");
    expect(
      story.said.find(
        ({ type, data: said }) => type === "delivery.ready-changed" && "ready" in said && said.readyAt === data.readyAt,
      )?.data,
    ).toMatchObject(data);
    const pickup = at(milestone, "pickup");
    expect(pickup.saying(() => pickup.news(fact)).filter((said) => said.startsWith("zone"))).toEqual([]);
  });

  test.for([
    [assigned, { driver, atVenue: false, pickedUp: false }],
    [arrived, { driver, atVenue: true, pickedUp: false }],
    [pickedUp, { driver, atVenue: false, pickedUp: true }],
  ] as const)("the kitchen sees how the driver stands (%#)", ([fact, data]) => {
    const story = at("ready", "delivery");
    for (const step of [assigned, arrived, pickedUp].slice(0, [assigned, arrived, pickedUp].indexOf(fact) + 1))
      story.news(step);
    expect(story.said.findLast(({ to }) => to === board)).toMatchObject({ type: "order.driver-changed", data });
  });

  const released = "venue reservation.released";
  const withdrawn = "board order.withdrawn";
  const calledOff = "zone delivery.called-off";
  const line = "outlet order.changed";
  test.for([
    ["placed", "delivery", [released, line]],
    ["sent", "delivery", [withdrawn, released, line]],
    ["accepted", "delivery", [withdrawn, calledOff, released, line]],
    ["accepted", "pickup", [withdrawn, released, line]],
    ["preparing", "delivery", [withdrawn, calledOff, released, line]],
    ["ready", "delivery", [withdrawn, calledOff, line]],
    ["ready", "pickup", [withdrawn, line]],
    ["out-for-delivery", "delivery", ["board order.food-returning", calledOff, line]],
  ] as const)(
    "a cancellation of what is %s for %s reaches who must know it; made food does not go back on the shelf",
    ([milestone, fulfilment, said]) => {
      const story = at(milestone, fulfilment);
      expect(story.saying(() => story.cancel("staff"))).toEqual(said);
      const given = story.said.find(({ type }) => type === "reservation.released");
      if (given !== undefined) expect(given.data).toEqual({ demand: clams });
      expect(story.said.at(-1)?.data).toMatchObject({ status: "cancelled", open: false });
    },
  );

  describe("food that its driver has when the order is cancelled", () => {
    const back = (confirmed: boolean): Fact => ({ type: "delivery.returned", data: { confirmed } });
    const inBag = (): Story => {
      const story = at("out-for-delivery", "delivery");
      story.cancel("staff");
      return story;
    };

    test("is on its way back, until the zone says that it is there", () => {
      const story = inBag();
      expect(story.order.food).toBe("returning");
      story.news(back(true));
      expect(story.order.food).toBe("returned");
    });

    test.for([delivered, failed])("is not waited for where the zone had ended it meanwhile: %s", (fact) => {
      const story = inBag();
      expect(story.saying(() => story.news(fact))).toEqual(["board order.food-returning"]);
      expect(story.order).toMatchObject({ stage: { status: "cancelled" }, food: "unaccounted" });
      expect(story.saying(() => story.news(fact))).toEqual([]);
    });

    test("is not at a driver's where a carrier brings it", () => {
      const story = at("ready", "delivery");
      const carrier = { id: "bobs-post", name: "Bob", state: "shipped" as const, tracking: null, silentSince: null };
      story.news({ type: "delivery.carrier-changed", data: { carrier, pickupAt: null, dropoffAt: null } });
      story.news(pickedUp);
      story.cancel("staff");
      expect(story.order.food).toBeUndefined();
    });
  });

  test("what the kitchen or the zone has ended itself it is not told again", () => {
    const one = at("sent", "delivery");
    expect(one.saying(() => one.news(rejected))).toEqual([released, line]);
    const other = at("accepted", "delivery");
    expect(other.saying(() => other.news(failed))).toEqual([withdrawn, released, line]);
  });

  test("of an order that counts on nothing the venue hears nothing", () => {
    const story = at("sent", "pickup", { demand: [] });
    story.cancel();
    expect(story.said.filter(({ to }) => to.startsWith("venue/"))).toEqual([]);
  });

  test("the read model's line has the number of the event it is from", () => {
    const story = at("over", "delivery");
    const lines = story.said.flatMap(({ type, data }) => (type === "order.changed" ? [data] : []));
    expect(lines).toHaveLength(7);
    for (const data of lines) {
      if ("seq" in data)
        expect(story.log[data.seq - 1]?.type).toBe(
          data.status === "preparing" ? "preparing" : data.status === "out-for-delivery" ? "picked-up" : data.status,
        );
    }
  });
});

describe("the deadline of an order", () => {
  test.for([
    ["placed", "pickup", "payment-unanswered", 10 * minute],
    ["sent", "pickup", "kitchen-silent", 5 * minute],
    ["accepted", "pickup", "food-late", 60 * minute],
    ["preparing", "delivery", "food-late", 60 * minute],
    ["ready", "pickup", "not-collected", 30 * minute],
    ["ready", "delivery", "driver-late", 30 * minute],
    ["out-for-delivery", "delivery", "delivery-late", 75 * minute],
  ] as const)("that is %s for %s is %s", ([milestone, fulfilment, name, after]) => {
    const story = at(milestone, fulfilment);
    const due = story.rules.deadlines(story.order);
    expect(due[name]).toBe(start + after);
    expect(Math.min(...Object.values(due))).toBe(start + after);
  });

  test("moves with the promise", () => {
    const story = at("accepted");
    story.news(promised);
    expect(story.rules.deadlines(story.order)).toMatchObject({ "food-late": later + 35 * minute });
  });

  test("once passed calls for attention, and after half a day ends the order", () => {
    const story = at("accepted");
    expect(story.after(59 * minute)).toEqual([]);
    expect(story.after(minute)).toEqual(["attention-needed"]);
    expect(story.order.attention).toEqual(["food-late"]);
    expect(story.after(minute)).toEqual([]);
    expect(story.after(12 * hour)).toEqual(["failed"]);
    expect(story.order.stage).toMatchObject({ end: { reason: "abandoned" } });
    expect(story.rules.deadlines(story.order)).toEqual({});
  });

  test("does nothing when it comes too late", () => {
    const story = at("over");
    for (const deadline of ["payment-unanswered", "kitchen-silent", "food-late", "given-up"]) {
      expect(story.give({ type: "time-out", deadline }, "timer")).toEqual([]);
    }
  });
});

describe("a customer", () => {
  test.for(["placed", "sent"] as const)("may cancel what is %s at any time", (milestone) => {
    const story = at(milestone);
    story.now += 4 * minute;
    expect(story.cancel()).toEqual(["cancelled"]);
  });

  test("may cancel a scheduled order until it is accepted", () => {
    const story = new Story();
    story.place({ requestedFor: start + 5 * hour });
    story.pay(authorised);
    story.now += 4 * hour;
    expect(story.cancel()).toEqual(["cancelled"]);
  });

  test.for(["accepted", "preparing"] as const)(
    "may cancel what is %s within the venue's time, to the millisecond",
    (milestone) => {
      const inTime = at(milestone);
      inTime.now = start + 10 * minute;
      expect(inTime.cancel()).toEqual(["cancelled"]);
      const late = at(milestone);
      late.now = start + 10 * minute + 1;
      expect(late.cancel()).toMatchObject({ refused: "conflict", detail: expect.stringMatching(/too late/) });
      expect(late.cancel("staff")).toEqual(["cancelled"]);
    },
  );

  test.for(["ready", "out-for-delivery"] as const)("cannot cancel what is %s; staff can", (milestone) => {
    const story = at(milestone, "delivery");
    expect(refusalOf(story.cancel())).toBe("conflict");
    expect(story.cancel("staff")).toEqual(["cancelled"]);
  });

  test("cancels once, however often the button is pressed", () => {
    const story = at("sent");
    story.cancel();
    expect(story.cancel()).toEqual([]);
  });

  test.for(["pickup", "delivery"] as const)("cannot cancel what is over (%s), nor can staff", (fulfilment) => {
    const story = at("over", fulfilment);
    expect([refusalOf(story.cancel()), refusalOf(story.cancel("staff"))]).toEqual(["conflict", "conflict"]);
  });
});

describe("what comes twice or too late", () => {
  const everything = [
    accepted, started, ready, handedOver, rejected, recalled, promised, assigned, arrived, pickedUp, delivered, failed,
    unassigned,
  ]; // prettier-ignore

  test.for(["pickup", "delivery"] as const)("changes nothing of an order that is over (%s)", (fulfilment) => {
    for (const story of [at("over", fulfilment), cancelledAt("sent", fulfilment), cancelledAt("ready", fulfilment)]) {
      expect(hasEnded(story.order.stage)).toBe(true);
      const { stage, delivery, payment } = story.order;
      for (const fact of everything) story.news(fact);
      expect(story.order).toMatchObject({ stage, payment });
      expect(story.order.delivery).toEqual(delivery);
    }
  });

  test("changes nothing where it was done before", () => {
    for (const [milestone, fact] of [
      ["accepted", accepted],
      ["preparing", started],
      ["ready", ready],
      ["out-for-delivery", pickedUp],
      ["over", delivered],
    ] as const) {
      const story = at(milestone, "delivery");
      const { log, said } = { log: [...story.log], said: [...story.said] };
      story.news(fact);
      expect([story.log, story.said], fact.type).toEqual([log, said]);
    }
  });

  test("is refused by an order that was never placed", () => {
    const story = new Story();
    story.open();
    const seen: Fact = { type: "ticket.seen", data: { seenAt: start, device: "tablet" } };
    for (const fact of [...everything, seen].filter(
      (each) => each !== arrived && each !== unassigned && each !== handedOver,
    )) {
      expect(refusalOf(story.news(fact)), fact.type).toBe("conflict");
    }
    expect(story.order.stage.status).toBe("basket");
    expect(refusalOf(story.pay(authorised))).toBe("conflict");
  });

  test("is placed once, however often the customer taps", () => {
    const story = at("placed");
    expect(refusalOf(story.place())).toBe("conflict");
    expect(story.open()).toEqual([]);
    expect(story.log).toHaveLength(3);
  });
});

function cancelledAt(milestone: Milestone, fulfilment: "pickup" | "delivery"): Story {
  const story = at(milestone, fulfilment);
  story.cancel("staff");
  return story;
}
