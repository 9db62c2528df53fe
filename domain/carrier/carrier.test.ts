import { describe, expect, it } from "vitest";
import { ownPatienceMs } from "../delivery/channels.ts";
import { orderId } from "../delivery/zone-for-tests.ts";
import { trippedBy } from "./breaker.ts";
import { mostCalls } from "./carrier.ts";
import { day, hour, minute, Road, second } from "./carriers-for-tests.ts";

const carriedTo = ["delivery.carrier-changed", "delivery.carrier-changed"];

describe("a delivery that goes by a carrier", () => {
  it("is priced, booked, shipped and delivered, and its order hears of each", () => {
    const road = new Road();
    const order = road.request(1);
    road.pass(5 * second);
    expect(road.stage(order)).toBe("booked");
    expect(road.called.map(({ call, key }) => [call, key])).toEqual([
      ["quote", `${order}/bobs-post/quote/1`],
      ["book", `${order}/bobs-post/book/1`],
    ]);
    expect(road.delivery(order).stage).toMatchObject({
      status: "with-carrier",
      carrier: { name: "bobs-post", state: "booked", tracking: "BP1", silentSince: null },
    });
    road.peer().move(order, "shipped");
    road.pass(minute);
    road.peer().move(order, "delivered");
    road.pass(10 * minute);
    expect(road.delivery(order).stage).toMatchObject({ status: "delivered", driver: null });
    expect(road.toldOf(order)).toEqual([
      ...carriedTo,
      "delivery.carrier-changed",
      "delivery.picked-up",
      "delivery.delivered",
    ]);
    expect(road.carrier().state.measured).toMatchObject({ booked: 1, delivered: 1, lost: 0, cost: { EUR: 490 } });
  });

  it("whose carrier says no goes to the next channel, and fails where there is none", () => {
    const road = new Road({ "bobs-post": {}, "anns-bikes": {} });
    road.peer().fate = () => "no";
    const order = road.request(1, ["bobs-post", "anns-bikes"]);
    const other = road.request(2);
    road.pass(10 * second);
    expect(road.stage(order, "anns-bikes")).toBe("booked");
    expect(road.stage(order)).toBe("released");
    expect(road.delivery(other).stage).toMatchObject({ status: "failed", detail: "It does not go there." });
    expect(road.toldOf(other).at(-1)).toBe("delivery.failed");
  });

  it("whose carrier is not known, or switched off, does not wait for it", () => {
    const road = new Road({ "bobs-post": { enabled: false } });
    const order = road.request(1, ["bobs-post", "own"]);
    expect(road.delivery(order).stage.status).toBe("waiting");
    expect(road.called).toEqual([]);
  });

  it("that must be paid at the door goes to no carrier", () => {
    const road = new Road();
    expect(road.delivery(road.request(1, ["bobs-post", "own"], true)).stage.status).toBe("waiting");
    expect(road.delivery(road.request(2, ["bobs-post"], true)).stage.status).toBe("failed");
  });

  it("is given to a carrier when the own drivers, who come first, have had their time", () => {
    const road = new Road();
    const order = road.request(1, ["own", "bobs-post"]);
    road.pass(ownPatienceMs - second);
    expect(road.delivery(order).stage.status).toBe("waiting");
    road.pass(5 * second);
    expect(road.stage(order)).toBe("booked");
  });

  it("cannot be given to a driver as well", () => {
    const road = new Road();
    const order = road.request(1);
    road.zone.do({ type: "come-on", driver: "ada", address: "driver/demo/ada", name: "Ada", vehicle: "bike", point: null }, "ada"); // prettier-ignore
    road.pass(minute);
    expect(road.zone.do({ type: "assign", order, driver: "ada" }, "staff")).toMatchObject({ refused: "conflict" });
    expect(road.delivery(order).stage.status).toBe("with-carrier");
  });
});

describe("a carrier that is down for days", () => {
  it("is asked again and again, and books once when it is back after six days", () => {
    const road = new Road();
    road.peer().fate = () => "down";
    const order = road.request(1);
    road.pass(6 * day);
    expect(road.delivery(order).stage).toMatchObject({ carrier: { state: "asked", silentSince: expect.any(Number) } });
    road.peer().fate = () => "answered";
    road.pass(20 * minute);
    expect(road.stage(order)).toBe("booked");
    expect(road.peer().inForce(order)).toBe(1);
    expect(road.delivery(order).stage).toMatchObject({ carrier: { state: "booked", silentSince: null } });
  });

  it("is not called more often than every few minutes, however many wait for it", () => {
    const road = new Road();
    road.peer().fate = () => "down";
    for (let number = 1; number <= 30; number += 1) road.request(number);
    road.pass(hour);
    road.called.splice(0);
    road.pass(day);
    // At most every seven and a half minutes, which is its longest wait less what is left to chance.
    expect(road.called.length).toBeLessThan(200);
    expect(road.called.length).toBeGreaterThan(100);
    road.peer().fate = () => "answered";
    road.pass(20 * minute);
    for (let number = 1; number <= 30; number += 1) expect(road.stage(orderId(number))).toBe("booked");
  });

  it("is called by so many at once and no more when it is back", () => {
    const road = new Road();
    road.peer().fate = () => "down";
    for (let number = 1; number <= 50; number += 1) road.request(number);
    road.pass(hour);
    road.peer().fate = () => "answered";
    for (let seconds = 0; seconds < 20 * 60; seconds += 1) {
      road.pass(second);
      expect(road.calls.length).toBeLessThanOrEqual(mostCalls);
    }
  });

  it("is told of to the customer once, after a while, and once more when it is back", () => {
    const road = new Road();
    road.peer().fate = () => "down";
    const order = road.request(1);
    road.pass(50 * second);
    expect(road.toldOf(order)).toHaveLength(1);
    road.pass(2 * day);
    expect(road.toldOf(order)).toHaveLength(2);
    expect(road.told.at(-1)).toMatchObject({ data: { carrier: { silentSince: expect.any(Number) } } });
  });

  it("is passed over for another channel where the tenant allows it, and never asked to book then", () => {
    const road = new Road({ "bobs-post": { requoteAfterMs: 10 * minute } });
    road.peer().fate = () => "down";
    const order = road.request(1, ["bobs-post", "own"]);
    const stays = road.request(2, ["bobs-post"]);
    road.pass(11 * minute);
    expect(road.delivery(order).stage.status).toBe("waiting");
    expect(road.delivery(stays).stage.status).toBe("with-carrier");
    road.peer().fate = () => "answered";
    road.pass(hour);
    expect(road.peer().inForce(order)).toBe(0);
    expect(road.peer().inForce(stays)).toBe(1);
  });

  it("is given up in the end, and the delivery with it", () => {
    const road = new Road();
    road.peer().fate = () => "down";
    const order = road.request(1);
    road.pass(8 * day + hour);
    expect(road.delivery(order).stage).toMatchObject({ status: "failed", detail: "The carrier did not answer." });
  });
});

describe("a carrier that may have booked", () => {
  it("is asked under the same key until it answers, and books once", () => {
    const road = new Road();
    let lost = 0;
    road.peer().fate = ({ call }) => (call === "book" && (lost += 1) < 4 ? "answer lost" : "answered");
    const order = road.request(1);
    road.pass(2 * minute);
    expect(road.stage(order)).toBe("booked");
    const keys = road.called.filter(({ call }) => call === "book").map(({ key }) => key);
    expect(keys.length).toBe(4);
    expect(new Set(keys).size).toBe(1);
    expect(road.peer().inForce(order)).toBe(1);
  });

  it("keeps the delivery until it has said that it is withdrawn, however long that takes", () => {
    const road = new Road();
    road.peer().fate = ({ call }) => (call === "quote" ? "answered" : "answer lost");
    const order = road.request(1, ["bobs-post", "own"]);
    road.pass(8 * day - minute);
    road.peer().fate = () => "down";
    road.pass(2 * day);
    expect(road.stage(order)).toBe("withdrawing");
    expect(road.delivery(order).stage.status).toBe("with-carrier");
    road.peer().fate = () => "answered";
    road.pass(20 * minute);
    expect(road.stage(order)).toBe("released");
    expect(road.delivery(order).stage.status).toBe("waiting");
    expect(road.peer().inForce(order)).toBe(0);
  });

  it("is abandoned where it never says so, and nothing else is tried", () => {
    const road = new Road();
    road.peer().fate = ({ call }) => (call === "quote" ? "answered" : "answer lost");
    const order = road.request(1, ["bobs-post", "own"]);
    road.pass(day);
    road.peer().fate = () => "down";
    road.pass(22 * day);
    expect(road.toldOf(order).at(-1)).toBe("delivery.failed");
    expect(road.carrier().events.filter(({ type }) => type === "ended")).toMatchObject([{ outcome: "abandoned" }]);
  });

  it("goes on with what it would not give back, for it has shipped it", () => {
    const road = new Road({ "bobs-post": { trackForMs: day } });
    const order = road.request(1, ["bobs-post", "own"]);
    road.pass(minute);
    road.peer().fate = () => "down";
    road.peer().move(order, "shipped");
    road.pass(2 * day);
    expect(road.stage(order)).toBe("withdrawing");
    road.peer().fate = () => "answered";
    road.pass(20 * minute);
    expect(road.stage(order)).toBe("shipped");
    expect(road.delivery(order).stage).toMatchObject({ carrier: { state: "shipped" } });
  });

  it("that will neither bring it nor give it back is asked to give it back once, and then lost", () => {
    const road = new Road({ "bobs-post": { trackForMs: day } });
    const order = road.request(1);
    road.pass(minute);
    const parcel = road.peer().move(order, "booked");
    const peer = road.peer();
    peer.call = (_carrier, { call }) =>
      call === "cancel" && parcel !== null
        ? { result: "too-late", parcel }
        : { result: "unanswered", why: "", retryAfterMs: 0 };
    road.pass(40 * day);
    expect(road.called.filter(({ call, key }) => call === "cancel" && key.startsWith(order)).length).toBeLessThan(3);
    expect(road.carrier().events.filter(({ type }) => type === "ended")).toMatchObject([{ outcome: "lost" }]);
  });

  it("is not heard by the zone any more once another has the delivery", () => {
    const road = new Road({ "bobs-post": {}, "anns-bikes": {} });
    road.peer().fate = () => "no";
    const order = road.request(1, ["bobs-post", "anns-bikes"]);
    road.pass(minute);
    const late = { type: "hear-carrier", order, carrier: "bobs-post", news: { type: "delivered" } } as const;
    expect(road.zone.do(late, "carrier/demo/bobs-post")).toMatchObject({ refused: "conflict" });
    expect(road.delivery(order).stage.status).toBe("with-carrier");
  });

  it("and calls back that it has shipped what is being withdrawn goes on bringing it", () => {
    const road = new Road();
    road.peer().fate = ({ call }) => (call === "quote" ? "answered" : call === "cancel" ? "down" : "answer lost");
    const order = road.request(1, ["bobs-post", "own"]);
    road.pass(8 * day + hour);
    road.peer().fate = () => "down";
    road.pass(minute);
    expect(road.stage(order)).toBe("withdrawing");
    const parcel = road.peer().move(order, "shipped");
    if (parcel !== null) road.callback("bobs-post", order, parcel);
    expect(road.stage(order)).toBe("shipped");
    expect(road.delivery(order).stage).toMatchObject({ carrier: { state: "shipped" } });
  });
});

describe("what is called off", () => {
  it("before anything was booked is over at once", () => {
    const road = new Road();
    road.peer().fate = () => "down";
    const order = road.request(1);
    road.pass(minute);
    road.callOff(order);
    expect(road.stage(order)).toBe("called-off");
  });

  it("after that is withdrawn, also from a carrier that lost its answer and was down for a day", () => {
    const road = new Road();
    road.peer().fate = ({ call }) => (call === "book" ? "answer lost" : "answered");
    const order = road.request(1);
    road.pass(5 * second);
    expect(road.peer().inForce(order)).toBe(1);
    road.peer().fate = () => "down";
    road.callOff(order);
    road.pass(day);
    road.peer().fate = () => "answered";
    road.pass(20 * minute);
    expect(road.stage(order)).toBe("called-off");
    expect(road.peer().inForce(order)).toBe(0);
  });

  it("while the carrier is being asked where it is, is withdrawn as soon as that is answered", () => {
    const road = new Road();
    const order = road.request(1);
    road.pass(20 * second);
    while (road.calls.length === 0) road.pass(100);
    road.callOff(order);
    road.pass(3 * second);
    expect(road.stage(order)).toBe("called-off");
  });

  it("when it is on its way stays so, and that is written down", () => {
    const road = new Road();
    const order = road.request(1);
    road.pass(minute);
    road.peer().move(order, "shipped");
    road.pass(minute);
    road.callOff(order);
    road.pass(minute);
    expect(road.stage(order)).toBe("too-late");
  });
});

describe("where a parcel is", () => {
  it("is asked ever more seldom, and not for ever: a parcel that never moves is withdrawn, one on its way lost", () => {
    const road = new Road();
    const [still, shipped] = [road.request(1), road.request(2)];
    road.pass(minute);
    road.peer().move(shipped, "shipped");
    road.called.splice(0);
    road.pass(13 * day);
    expect(road.called.length / 2).toBeLessThan(1_000);
    road.pass(2 * day);
    expect([still, shipped].map((order) => road.toldOf(order).at(-1))).toEqual(["delivery.failed", "delivery.failed"]);
    expect(road.carrier().events.flatMap((event) => (event.type === "ended" ? [event.outcome] : []))).toEqual([
      "released",
      "lost",
    ]);
    road.called.splice(0);
    road.pass(30 * day);
    expect(road.called).toEqual([]);
    expect(road.carrier().state.bookings).toEqual({});
  });

  it("is learned from callbacks as well, in whatever order and however often they come", () => {
    const road = new Road();
    const order = road.request(1);
    road.pass(5 * second);
    const steps = (["booked", "shipped", "delivered"] as const).map((status) => road.peer().move(order, status));
    for (const parcel of [...steps, ...steps].toReversed()) if (parcel !== null) road.callback("bobs-post", order, parcel);
    expect(road.stage(order)).toBe("delivered");
    expect(road.toldOf(order).slice(2)).toEqual([
      "delivery.carrier-changed",
      "delivery.picked-up",
      "delivery.delivered",
    ]);
  }); // prettier-ignore

  it("is learned from a callback where the answer to the booking was lost", () => {
    const road = new Road();
    road.peer().fate = ({ call }) => (call === "book" ? "answer lost" : "answered");
    const order = road.request(1);
    road.pass(3 * second);
    const parcel = road.peer().move(order, "booked");
    if (parcel !== null) road.callback("bobs-post", order, parcel);
    expect(road.stage(order)).toBe("booked");
    expect(road.carrier().do({ type: "be-told", order, parcel: { ...parcel!, id: "another" } }, "callback")).toMatchObject({
      refused: "not-found",
    });
  }); // prettier-ignore
});

it("a price that has run out is asked for anew, under another key, a few times and no more", () => {
  const road = new Road();
  road.peer().fate = ({ call }) => (call === "book" ? "quote ran out" : "answered");
  const order = road.request(1);
  road.pass(5 * minute);
  expect(road.stage(order)).toBe("released");
  expect(road.called.filter(({ call }) => call === "book").map(({ key }) => key.split("/").at(-1))).toEqual([
    "1", "2", "3", "4", "5",
  ]); // prettier-ignore
});

describe("the breaker", () => {
  it("opens after three silences, lets one call through after a while, and closes with an answer", () => {
    const road = new Road();
    const states = () => road.carrier().state.breaker.state;
    road.peer().fate = () => "down";
    road.request(1);
    road.request(2);
    road.request(3);
    road.pass(1.5 * second);
    expect(states()).toBe("open");
    expect(road.called).toHaveLength(trippedBy);
    road.pass(4 * second);
    expect([states(), road.calls.length]).toEqual(["half-open", 1]);
    road.peer().fate = () => "answered";
    road.pass(second);
    expect(states()).toBe("closed");
  });

  it("of one carrier is nothing to another", () => {
    const road = new Road({ "bobs-post": {}, "anns-bikes": {} });
    road.peer().fate = () => "down";
    road.request(1);
    const other = road.request(2, ["anns-bikes"]);
    road.pass(minute);
    expect(road.carrier("bobs-post").state.breaker.state).not.toBe("closed");
    expect(road.stage(other, "anns-bikes")).toBe("booked");
  });
});
