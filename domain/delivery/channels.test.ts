import { describe, expect, test } from "vitest";
import { addressOf } from "../../contracts/address.ts";
import { isRefusal } from "../../contracts/problem.ts";
import { roomsOf } from "./deal-channels.ts";
import { evening, job, orderId, ZoneWorld } from "./zone-for-tests.ts";

const minute = 60_000;

class Street extends ZoneWorld {
  ask(number: number, channels: string[], load = 1): string {
    const readyAt = evening + 20 * minute;
    this.do({ type: "request", job: { ...job(number, readyAt), channels, ...(load === 1 ? {} : { load }) } });
    return orderId(number);
  }

  hear(order: string, carrier: string, news: "released" | "delivered"): void {
    const said = news === "released" ? ({ type: news, detail: "no" } as const) : ({ type: news } as const);
    this.do({ type: "hear-carrier", order, carrier, news: said }, addressOf("carrier", "demo", carrier));
  }

  breaker(carrier: string, breaker: "open" | "closed", cost: number | null = null): void {
    const score = { breaker, latencyMs: 400, answered: 1, cost };
    this.do({ type: "hear-score", carrier, score }, addressOf("carrier", "demo", carrier));
  }

  /** Who has it, or is to bring it. */
  channel(order: string): string | null {
    const { stage, choice } = this.delivery(order);
    return stage.status === "with-carrier"
      ? stage.carrier.id
      : (choice?.channel ?? (choice === undefined ? "own" : null));
  }
}

describe("who brings a delivery is chosen", () => {
  test("in the venue's own order, as long as a tenant has said nothing", () => {
    const street = new Street();
    expect(street.channel(street.ask(1, ["bob", "own"]))).toBe("bob");
    expect(street.channel(street.ask(2, ["own", "bob"]))).toBe("own");
  });

  test("by what counts for the tenant: turned at run time, it holds for all that nobody was asked for yet", () => {
    const street = new Street();
    const waiting = street.ask(1, ["own", "bob"]);
    street.do({ type: "agree-channel", channel: "own", terms: { fee: 900 } });
    street.do({ type: "agree-channel", channel: "bob", terms: { fee: 400 } });
    expect(street.channel(waiting)).toBe("own");
    street.do({ type: "weigh-channels", weights: { cost: 1, time: 0, quality: 0, turn: 0 } });
    expect(street.channel(waiting)).toBe("bob");
    // What was paid counts more and more against what was agreed.
    street.breaker("bob", "closed", 2_000);
    expect(street.channel(street.ask(2, ["own", "bob"]))).toBe("own");
  });

  test("never beyond what a channel can take, however much comes; who gives it back makes room for who waits", () => {
    const street = new Street();
    street.do({ type: "agree-channel", channel: "bob", terms: { capacity: 3 } });
    street.do({ type: "agree-channel", channel: "ann", terms: { capacity: 2 } });
    const orders = Array.from({ length: 8 }, (_, at) => street.ask(at + 1, ["bob", "ann"], at % 3 === 0 ? 2 : 1));
    for (const [channel, room] of Object.entries(roomsOf(street.state, new Set()))) {
      expect(room, channel).toBeGreaterThanOrEqual(0);
    }
    const held = orders.filter((order) => street.channel(order) === null);
    expect(held.length).toBeGreaterThan(0);
    expect(street.delivery(held[0] ?? "").choice?.fallback).toBe("hold");
    // Not even the own drivers are asked: the venue does not want them.
    street.comeOn("ada");
    street.pass(minute);
    expect(held.map((order) => street.status(order))).toEqual(held.map(() => "waiting"));
    const first = orders.find((order) => street.channel(order) === "bob") ?? "";
    street.hear(first, "bob", "delivered");
    expect(held.filter((order) => street.channel(order) === null).length).toBeLessThan(held.length);
    expect(Math.min(...Object.values(roomsOf(street.state, new Set())))).toBeGreaterThanOrEqual(0);
  });

  test("a delivery nobody has room for is somebody's to look at after ten minutes, and waits no more for a timer", () => {
    const street = new Street();
    street.do({ type: "agree-channel", channel: "bob", terms: { capacity: 0 } });
    const order = street.ask(1, ["bob"]);
    street.pass(11 * minute);
    expect(street.delivery(order)).toMatchObject({
      stage: { status: "waiting" },
      choice: { channel: null, fallback: "nobody" },
    });
    street.do({ type: "agree-channel", channel: "bob", terms: { capacity: 1 } });
    expect(street.channel(order)).toBe("bob");
  });

  test("the own drivers bring it late where nobody has room, and it is said so", () => {
    const street = new Street();
    street.do({ type: "agree-channel", channel: "bob", terms: { capacity: 0 } });
    street.do({ type: "agree-channel", channel: "own", terms: { capacity: 0 } });
    expect(street.delivery(street.ask(1, ["bob", "own"])).choice).toMatchObject({
      channel: "own",
      fallback: "own-late",
    });
  });

  test("a carrier that does not answer is passed over while another can have it, and asked all the same when it is the last", () => {
    const street = new Street();
    const before = street.ask(1, ["bob", "own"]);
    street.breaker("bob", "open");
    expect(street.channel(before)).toBe("bob");
    expect(street.channel(street.ask(2, ["bob", "own"]))).toBe("own");
    const last = street.ask(3, ["bob"]);
    expect(street.channel(last)).toBe("bob");
    expect(street.delivery(last).choice?.fallback).toBe("ask-anyway");
    street.hear(before, "bob", "released");
    expect(street.channel(before)).toBe("own");
    expect(street.state.channels?.standings["bob"]?.success?.mean).toBe(0);
  });

  test("by how it has done: who gives deliveries back falls behind where quality counts", () => {
    const street = new Street();
    street.do({ type: "weigh-channels", weights: { cost: 0, time: 0, quality: 1, turn: 0 } });
    for (let number = 1; number <= 6; number += 1) {
      const order = street.ask(number, ["ann", "bob"]);
      const channel = street.channel(order) ?? "";
      if (channel === "bob") street.hear(order, "bob", "delivered");
      else street.hear(order, "ann", "released");
    }
    expect(street.channel(street.ask(9, ["ann", "bob"]))).toBe("bob");
    expect(isRefusal(street.do({ type: "weigh-channels", weights: {} }))).toBe(false);
  });
});
