import { describe, expect, test } from "vitest";
import { OrderView, StatusView } from "../../contracts/order.ts";
import type { Role } from "../../contracts/principal.ts";
import { at, authorised, guest, later, minute, start, Story, id } from "./story-for-tests.ts";
import { eventViewOf, maySee, statusViewOf, viewOf } from "./view.ts";

const numbered = (story: Story) => ({ tenant: "demo", id, seq: story.log.length });
const seenBy = (story: Story, role: Role) => OrderView.parse(viewOf(story.order, numbered(story), role, story.now));
const viewer = (role: Role, subject = "somebody", venues: string[] | null = null) => ({ role, subject, venues });

describe("an order exists", () => {
  test.for([
    ["the guest who placed it", viewer("customer", guest), true],
    ["another guest", viewer("customer"), false],
    ["the provider that placed it", viewer("service", guest), true],
    ["another provider", viewer("service"), false],
    ["staff of all venues", viewer("staff"), true],
    ["staff of this venue", viewer("staff", "tablet", ["demo-2", "demo-1"]), true],
    ["staff of another venue", viewer("staff", "tablet", ["demo-2"]), false],
    ["an admin", viewer("admin"), true],
    ["an admin of another venue", viewer("admin", "boss", ["demo-2"]), false],
    ["a driver, even the one who placed it", viewer("driver", guest), false],
    ["a link's holder, whom the order's object knows by its own id", viewer("watcher", guest), false],
  ] as const)("for %s: %s", ([, who, sees]) => {
    expect(maySee(at("sent").order, who)).toBe(sees);
  });

  test("for nobody before anything happened", () => {
    expect(maySee(new Story().order, viewer("admin", ""))).toBe(false);
  });

  test("as a basket only for who fills it, be it the staff at the counter; left, it stays as private", () => {
    const story = new Story();
    story.open();
    for (const moment of ["filling", "left"]) {
      if (moment === "left") story.after(24 * 60 * minute);
      expect(maySee(story.order, viewer("staff"))).toBe(false);
      expect(maySee(story.order, viewer("admin"))).toBe(false);
      expect(maySee(story.order, viewer("staff", guest, ["demo-1"]))).toBe(true);
      expect(maySee(story.order, viewer("customer", guest))).toBe(true);
    }
  });
});

test("a link shows how the food comes, and neither whose it is nor where to", () => {
  const shown = seenBy(at("out-for-delivery", "delivery"), "watcher");
  expect(shown).toMatchObject({ customer: null, address: null, note: null, cancellableUntil: null });
  expect(shown.delivery).toMatchObject({ pin: "4711", driver: { id: "driver" } });
});

describe("the PIN", () => {
  test.for(["customer", "service"] as const)("is shown to the %s until the food is there", (role) => {
    expect(seenBy(at("sent", "delivery"), role).delivery?.pin).toBe("4711");
    expect(seenBy(at("over", "delivery"), role).delivery?.pin).toBeNull();
  });

  test.for(["staff", "admin", "driver"] as const)("is not shown to %s", (role) => {
    expect(JSON.stringify(seenBy(at("out-for-delivery", "delivery"), role))).not.toContain("4711");
  });

  test("nor the card is in the log that staff see, which the owner sees whole", () => {
    const [, , placed] = at("sent", "delivery").log;
    const body = JSON.stringify(placed);
    if (placed === undefined) throw new Error("never placed");
    expect(eventViewOf(placed, "hash", body, { role: "customer", subject: guest })).toMatchObject({
      seq: 3,
      type: "placed",
      body,
      by: "person",
    });
    const shown = eventViewOf(placed, "hash", body, viewer("staff"));
    expect(shown.body).not.toMatch(/4711|card_ok/);
    expect(JSON.parse(shown.body)).toMatchObject({ type: "placed", order: { code: "KT47", pin: "" } });
  });
});

describe("who of the crew it was", () => {
  const story = at("preparing", "delivery");
  story.news({ type: "ticket.seen", data: { seenAt: start, device: "dev_tablet" } });
  story.news({
    type: "delivery.assigned",
    data: { driver: { id: "driver-1", name: "Bob" }, pickupAt: later, dropoffAt: later },
  });
  story.give({ type: "cancel", who: "staff", reason: "staff-cancelled", detail: "" }, "client_boss");
  const logFor = (role: Role, subject: string) =>
    story.log.map((event) => eventViewOf(event, "hash", JSON.stringify(event), { role, subject }));

  test.for(["customer", "service"] as const)("is in no line of the log a %s sees, nor in the order", (role) => {
    const log = logFor(role, guest);
    expect(JSON.stringify([log, seenBy(story, role)])).not.toMatch(/dev_tablet|driver-1|client_boss/);
    expect(log.filter(({ masked }) => masked).map(({ type }) => type)).toEqual([
      "seen",
      "driver-assigned",
      "cancelled",
    ]);
    const own = log[0];
    expect(own?.body).toBe(JSON.stringify(story.log[0]));
  });

  test("the venue knows, and an admin's log is the one that was hashed", () => {
    expect(JSON.stringify(logFor("staff", "tablet"))).toMatch(/dev_tablet.*driver-1.*client_boss/);
    expect(logFor("admin", "boss").map(({ body }) => body)).toEqual(story.log.map((event) => JSON.stringify(event)));
    expect(seenBy(story, "admin").delivery?.driver).toEqual({ id: "driver-1", name: "Bob" });
  });
});

describe("an order is shown", () => {
  test("at every point of its life as its contract says", () => {
    for (const fulfilment of ["pickup", "delivery"] as const) {
      for (const point of ["placed", "sent", "accepted", "preparing", "ready", "over"] as const) {
        const story = at(point, fulfilment);
        expect(seenBy(story, "customer")).toMatchObject({
          seq: story.log.length,
          status: story.order.stage.status,
          placedAt: "2026-11-14T18:00:00.000Z",
          payment: { method: "card", amount: 2_800 },
        });
        StatusView.parse(statusViewOf(story.order, id, story.log.length, story.now));
      }
    }
  });

  test("as a basket without what only a placed order has", () => {
    const story = new Story();
    story.open();
    expect(seenBy(story, "customer")).toMatchObject({
      status: "basket",
      bill: null,
      payment: null,
      placedAt: null,
      cancellableUntil: "2026-11-15T18:00:00.000Z",
    });
  });

  test.for([
    ["placed", start + 10 * minute],
    ["sent", start + 5 * minute],
    ["accepted", start + 10 * minute],
    ["ready", null],
  ] as const)("with the time until which it can be cancelled: %s", ([milestone, until]) => {
    const view = seenBy(at(milestone), "customer");
    expect(view.cancellableUntil).toBe(until === null ? null : new Date(until).toISOString());
  });

  test("with the promised time and, small, in the status", () => {
    const story = at("accepted");
    expect(statusViewOf(story.order, id, 9, story.now)).toMatchObject({
      readyAt: new Date(later).toISOString(),
      seq: 9,
    });
  });

  test.for([
    ["person", (story: Story) => story.cancel()],
    ["timer", (story: Story) => story.after(5 * minute)],
    [
      "board",
      (story: Story) => story.news({ type: "ticket.rejected", data: { reason: "closing", detail: "", by: "x" } }),
    ],
  ] as const)("with the kind of actor that ended it, never a name: %s", ([by, end]) => {
    const story = at("sent");
    end(story);
    expect(seenBy(story, "customer").end?.by).toBe(by);
    expect(JSON.stringify(seenBy(story, "staff"))).not.toContain(guest);
  });

  test("as ended by the payment where the card was declined", () => {
    const story = at("placed");
    story.pay({ step: "authorise", result: "declined", reason: "no" });
    expect(seenBy(story, "customer")).toMatchObject({
      end: { reason: "payment-declined", by: "payment" },
      payment: { status: "declined" },
    });
    expect(story.pay(authorised)).toEqual([]);
  });
});
