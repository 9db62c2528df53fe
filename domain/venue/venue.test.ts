import { describe, expect, test } from "vitest";
import { venueRules } from "./rules.ts";
import { minute, Place, settings, start } from "./venue-for-tests.ts";

const hour = 60 * minute;

describe("the last portion", () => {
  test("goes to one of two buyers; the other is told how much there is", () => {
    const place = Place.counting({ clams: 1 });
    expect(place.reserve("one", { clams: 1 })).toEqual(["reserved"]);
    expect(place.left("clams")).toBe(0);
    expect(place.reserve("two", { clams: 1 })).toMatchObject({
      refused: "sold-out",
      errors: [{ pointer: "/stock/clams", detail: "1 wanted, 0 left" }],
    });
    expect(place.left("clams")).toBe(0);
  });

  test("is refused with everything else that is short, and nothing is held of what there is", () => {
    const place = Place.counting({ clams: 1, cheese: 5, "size/large": 0 });
    expect(place.reserve("one", { clams: 2, cheese: 1, "size/large": 1 })).toMatchObject({
      errors: [{ pointer: "/stock/clams" }, { pointer: "/stock/size~1large" }],
    });
    expect(place.left("cheese")).toBe(5);
  });

  test("is held for one order once, however often it asks", () => {
    const place = Place.counting({ clams: 2 });
    place.reserve("one", { clams: 2 });
    expect(place.reserve("one", { clams: 2 })).toEqual(["reserved"]);
    expect([place.left("clams"), place.held("clams")]).toEqual([0, 2]);
    place.reserve("one", { clams: 1 });
    expect([place.left("clams"), place.held("clams")]).toEqual([1, 1]);
    place.reserve("one", {});
    expect([place.left("clams"), place.held("clams")]).toEqual([2, 0]);
  });
});

test("settings that somebody else has changed meanwhile are not overwritten, what else happens does not matter", () => {
  const place = Place.counting({ clams: 3 });
  const { revision } = place.venue;
  place.give({ type: "sell-out", key: "clams", until: null });
  const mine = { ...settings, name: "Mine" };
  expect(place.give({ type: "configure", settings: mine, over: revision })).toEqual(["configured"]);
  const theirs = { ...settings, name: "Theirs" };
  expect(place.give({ type: "configure", settings: theirs, over: revision })).toMatchObject({ refused: "stale" });
  expect(place.give({ type: "configure", settings: theirs, over: place.venue.revision })).toEqual(["configured"]);
  expect(place.give({ type: "configure", settings: mine })).toEqual(["configured"]);
});

describe("a thing that is counted", () => {
  test("is counted up and down from what there is, never below nothing, and not at all where nobody counts", () => {
    const place = Place.counting({ clams: 3 });
    place.reserve("one", { clams: 1 });
    expect(place.give({ type: "adjust-stock", key: "clams", by: 10 })).toEqual(["stock-set"]);
    expect(place.left("clams")).toBe(12);
    place.give({ type: "adjust-stock", key: "clams", by: -20 });
    expect(place.left("clams")).toBe(0);
    expect(place.give({ type: "adjust-stock", key: "clams", by: -1 })).toEqual([]);
    expect(place.give({ type: "adjust-stock", key: "cheese", by: 1 })).toMatchObject({ refused: "conflict" });
    expect(place.give({ type: "adjust-stock", key: "constructor", by: 1 })).toMatchObject({ refused: "conflict" });
  });
});

describe("what is held for an order", () => {
  test("is sold when the order is placed, and given back when it ends without food", () => {
    const place = Place.counting({ clams: 3 });
    place.reserve("one", { clams: 2 });
    expect(place.give({ type: "keep", order: "one" })).toEqual(["reservation-kept"]);
    expect(place.give({ type: "keep", order: "one" })).toEqual([]);
    expect([place.left("clams"), place.held("clams")]).toEqual([1, 0]);
    expect(place.give({ type: "give-back", demand: [{ key: "clams", quantity: 2 }] })).toEqual(["given-back"]);
    expect(place.left("clams")).toBe(3);
  });

  test("is the order's for a minute; some time later the order is asked, and goes on being asked by nobody else", () => {
    const place = Place.counting({ clams: 1 });
    place.reserve("one", { clams: 1 });
    expect(place.venue.reservations["one"]?.until).toBe(start + minute);
    expect(place.after(89_999)).toEqual([]);
    expect(place.after(1)).toEqual(["reservation-questioned"]);
    expect(place.asked).toEqual([
      { key: `one/placed/${start + minute}`, kind: "ask-order", request: { order: "one", until: start + minute } },
    ]);
    expect(place.after(hour)).toEqual([]);
  });

  test.for([
    [true, "reservation-kept", 0],
    [false, "reservation-lapsed", 1],
  ] as const)("stays with it or goes back as the order says (placed: %s), once", ([placed, event, left]) => {
    const place = Place.counting({ clams: 1 });
    place.reserve("one", { clams: 1 });
    place.after(90_000);
    const answer = { type: "answer-of-order", order: "one", until: start + minute, placed } as const;
    expect(place.give(answer)).toEqual([event]);
    expect(place.left("clams")).toBe(left);
    expect(place.give(answer)).toEqual([]);
    expect(place.left("clams")).toBe(left);
  });

  test("does not go back by an old answer when the order has meanwhile reserved anew and is about to be placed", () => {
    const place = Place.counting({ clams: 1 });
    place.reserve("one", { clams: 1 });
    place.after(90_000);
    place.reserve("one", { clams: 1 });
    expect(place.give({ type: "answer-of-order", order: "one", until: start + minute, placed: false })).toEqual([]);
    expect([place.left("clams"), place.held("clams")]).toEqual([0, 1]);
    expect(place.after(90_000)).toEqual(["reservation-questioned"]);
    expect(new Set(place.asked.map(({ key }) => key)).size).toBe(2);
  });

  test("is kept at the order's own word, and given back at it", () => {
    const from = "order/demo/ord_1";
    const demand = [{ key: "clams", quantity: 1 }];
    expect(venueRules.react({ type: "reservation.kept", data: {} }, from, venueRules.initial)).toEqual({
      type: "keep",
      order: "ord_1",
    });
    expect(venueRules.react({ type: "reservation.released", data: { demand } }, from, venueRules.initial)).toEqual({
      type: "give-back",
      demand,
    });
    expect(venueRules.react({ type: "ticket.ready", data: { by: "x" } }, from, venueRules.initial)).toBeNull();
  });
});

describe("a newly published menu", () => {
  test("keeps what is left of what it counts as before, counts anew what it gives anew, and drops the rest", () => {
    const place = Place.counting({ clams: 10, cheese: 5, soup: 8 });
    place.reserve("one", { clams: 4, cheese: 1 });
    place.give({ type: "publish-menu", version: 2, tracked: { clams: 10, cheese: 9, bread: 3 } });
    expect(place.venue.stock).toEqual({
      clams: { left: 6, first: 10 },
      cheese: { left: 9, first: 9 },
      bread: { left: 3, first: 3 },
    });
  });

  test("keeps what the crew has set, and what only the crew counts", () => {
    const place = Place.counting({ clams: 10 });
    place.give({ type: "set-stock", key: "clams", left: 2 });
    place.give({ type: "set-stock", key: "special", left: 4 });
    place.give({ type: "publish-menu", version: 2, tracked: { clams: 10 } });
    expect([place.left("clams"), place.left("special")]).toEqual([2, 4]);
  });

  test("that is older than what is published, or the same, changes nothing", () => {
    const place = Place.counting({ clams: 10 });
    place.reserve("one", { clams: 4 });
    for (const version of [0, 1])
      expect(place.give({ type: "publish-menu", version, tracked: { clams: 12 } })).toEqual([]);
    expect(place.left("clams")).toBe(6);
  });
});

describe("the crew", () => {
  test("counts, counts anew and stops counting", () => {
    const place = Place.counting({});
    expect(place.give({ type: "set-stock", key: "soup", left: 0 })).toEqual(["stock-set"]);
    expect(place.give({ type: "set-stock", key: "soup", left: 0 })).toEqual([]);
    expect(place.reserve("one", { soup: 1 })).toMatchObject({ refused: "sold-out" });
    place.give({ type: "set-stock", key: "soup", left: null });
    expect(place.give({ type: "set-stock", key: "soup", left: null })).toEqual([]);
    expect(place.reserve("one", { soup: 1 })).toEqual([]);
    expect(place.give({ type: "give-back", demand: [{ key: "soup", quantity: 1 }] })).toEqual(["given-back"]);
    expect(place.left("soup")).toBeUndefined();
  });

  test("is not confused by a dish with a strange name", () => {
    const place = Place.counting({ constructor: 1 });
    expect(place.give({ type: "make-available", key: "toString" })).toEqual([]);
    expect(place.reserve("one", { constructor: 1 })).toEqual(["reserved"]);
    expect(place.give({ type: "keep", order: "hasOwnProperty" })).toEqual([]);
    expect(place.reserve("two", { toString: 1 })).toEqual([]);
  });

  test("pauses for a while, and the venue opens again by itself", () => {
    const place = Place.counting({});
    place.give({ type: "pause", until: start + hour, reason: "Oven." });
    expect(place.venue.paused).toEqual({ until: start + hour, reason: "Oven." });
    expect(place.after(hour - 1)).toEqual([]);
    expect(place.after(1)).toEqual(["resumed"]);
    expect(place.venue.paused).toBeNull();
  });

  test("pauses until further notice, and opens again by hand", () => {
    const place = Place.counting({});
    place.give({ type: "pause", until: null, reason: "" });
    expect(place.after(1_000 * hour)).toEqual([]);
    expect(place.give({ type: "resume" })).toEqual(["resumed"]);
    expect(place.give({ type: "resume" })).toEqual([]);
  });

  test("sells out one thing for the day and another for good", () => {
    const place = Place.counting({});
    place.give({ type: "sell-out", key: "clams", until: start + hour });
    place.give({ type: "sell-out", key: "sizes/large", until: null });
    expect(place.after(hour)).toEqual(["available-again"]);
    expect(Object.keys(place.venue.soldOut)).toEqual(["sizes/large"]);
    expect(place.give({ type: "make-available", key: "sizes/large" })).toEqual(["available-again"]);
    expect(place.give({ type: "make-available", key: "sizes/large" })).toEqual([]);
  });

  test("says twice that it is busy, and it is news once", () => {
    const place = Place.counting({});
    expect(place.give({ type: "set-busy", minutes: 15 })).toEqual(["busy-set"]);
    expect(place.give({ type: "set-busy", minutes: 15 })).toEqual([]);
  });
});

test("the revision grows with all that a basket must know, and with nothing else", () => {
  const place = Place.counting({ clams: 9 });
  const grows = (work: () => unknown): boolean => {
    const before = place.venue.revision;
    work();
    return place.venue.revision > before;
  };
  expect(grows(() => place.give({ type: "configure", settings: { ...settings, deliveryFee: 100 } }))).toBe(true);
  expect(grows(() => place.give({ type: "configure", settings: { ...settings, deliveryFee: 100 } }))).toBe(false);
  expect(grows(() => place.give({ type: "sell-out", key: "soup", until: start + 1 }))).toBe(true);
  expect(grows(() => place.after(1))).toBe(true);
  expect(grows(() => place.give({ type: "set-stock", key: "clams", left: 8 }))).toBe(true);
  expect(grows(() => place.reserve("one", { clams: 1 }))).toBe(false);
  expect(grows(() => place.after(90_000))).toBe(false);
  expect(grows(() => place.give({ type: "keep", order: "one" }))).toBe(false);
  expect(grows(() => place.give({ type: "give-back", demand: [{ key: "clams", quantity: 1 }] }))).toBe(false);
});

describe("an endpoint that listens", () => {
  const hear = (place: Place, type: "endpoint.opened" | "endpoint.closed") => {
    const command = venueRules.react({ type, data: {} }, "endpoint/demo/end_1", place.venue);
    return command === null ? [] : place.give(command);
  };

  test("is known from then on, and makes orders on their way look again", () => {
    const place = Place.counting({});
    const { revision } = place.venue;
    expect(hear(place, "endpoint.opened")).toEqual(["endpoint-opened"]);
    expect([place.venue.endpoints, place.venue.revision]).toEqual([["end_1"], revision + 1]);
    expect(hear(place, "endpoint.opened")).toEqual([]);
    expect(hear(place, "endpoint.closed")).toEqual(["endpoint-closed"]);
    expect([place.venue.endpoints, place.venue.revision]).toEqual([[], revision + 2]);
    expect(hear(place, "endpoint.closed")).toEqual([]);
  });
});
