import { describe, expect, it } from "vitest";
import { facts } from "../../contracts/events.ts";
import { factsAsSaid } from "../../contracts/facts-for-tests.ts";
import { isRefusal } from "../../contracts/problem.ts";
import { WebhookBody } from "../../contracts/webhook.ts";
import { bodyOf } from "./body.ts";
import { broken, day, hour, Life, minute, ok, orderId, second, settings, start } from "./endpoint-for-tests.ts";
import { keptMs, mostStreams } from "./keeping.ts";
import { waitsMs } from "./schedule.ts";
import { endpointView, reportsOf, reportView } from "./view.ts";

const statuses = (life: Life, order: number): string[] =>
  life.endpoint.streams[orderId(order)]?.reports.map(({ state }) => state.status) ?? [];
const venuesTold = (life: Life): string[] => life.said.map(({ to, type }) => `${to} ${type}`);

describe("a report", () => {
  it("is sent as soon as it comes, and is delivered by any 2xx and nothing else", () => {
    for (const status of [200, 201, 202, 204, 299]) {
      const life = Life.open();
      expect(life.hear(1, 3)).toEqual(["reported", "attempt-started"]);
      expect(life.answer({ ...ok, status })).toEqual(["attempt-succeeded"]);
      expect(statuses(life, 1)).toEqual(["delivered"]);
    }
    for (const status of [100, 199, 301, 302, 307, 308, 400, 401, 404, 429, 500, 503]) {
      const life = Life.open();
      life.hear(1, 3);
      expect(life.answer({ ...ok, status })).toEqual(["attempt-failed"]);
      expect(statuses(life, 1)).toEqual(["waiting"]);
    }
  });

  it("is tried ten times over 75 hours and then given up", () => {
    const life = Life.open();
    life.hear(1, 3);
    const waited: number[] = [];
    for (;;) {
      const failedAt = life.now;
      life.answer({ error: "connection refused" });
      if (statuses(life, 1)[0] === "failed") break;
      life.wait();
      waited.push(life.now - failedAt);
    }
    expect(life.made.map(({ tries }) => tries)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const [at, wait] of waited.entries()) {
      const planned = waitsMs[at + 1] ?? 0;
      expect(wait).toBeGreaterThanOrEqual(planned);
      expect(wait).toBeLessThanOrEqual(planned * 1.1);
    }
    expect(waitsMs.reduce((sum, wait) => sum + wait, 0)).toBe(75 * hour + 35 * minute + 5 * second);
    expect(reportView(life.report(1, 3))).toMatchObject({ status: "failed", tries: 10, nextAttemptAt: null });
    expect(life.report(1, 3).attempts).toHaveLength(10);
  });

  it("has a key of its own for every attempt, and one webhook-id for all of them", () => {
    const life = Life.open();
    life.hear(1, 3);
    life.answer(broken);
    life.wait();
    life.answer(ok);
    life.give({ type: "replay", report: life.report(1, 3).id });
    const id = `rep_${orderId(1)}_3`;
    expect(life.made.map(({ key }) => key)).toEqual([`${id}/1/1`, `${id}/1/2`, `${id}/2/1`]);
    expect(life.made.map(({ report }) => report)).toEqual([id, id, id]);
  });

  it("waits as long as a Retry-After asks, if that is longer than the schedule, but a day at most", () => {
    const later = (retryAfterMs: number) => {
      const life = Life.open();
      life.hear(1, 3);
      life.answer({ status: 503, retryAfterMs, excerpt: "" });
      return life.nextAt - life.now;
    };
    expect(later(90 * second)).toBe(90 * second);
    expect(later(0)).toBeGreaterThanOrEqual(5 * second);
    expect(later(400 * day)).toBe(day);
  });

  it("comes once, however often the order tells it", () => {
    const life = Life.open();
    life.hear(1, 3);
    expect(life.hear(1, 3)).toEqual([]);
    life.answer(ok);
    expect(life.hear(1, 3)).toEqual([]);
    expect(life.made).toHaveLength(1);
  });

  it("is not kept where the endpoint does not want the event", () => {
    const life = Life.open({ events: ["order.sent"] });
    expect(life.hear(1, 3)).toEqual([]);
    expect(life.hear(1, 4, { event: "order.sent" })).toEqual(["reported", "attempt-started"]);
  });

  it("whose outcome comes twice, or too late, is not settled by it", () => {
    const life = Life.open();
    life.hear(1, 3);
    const [first] = life.calls;
    life.answer(broken, first);
    expect(life.answer(ok, first)).toEqual([]);
    life.wait();
    expect(life.answer(ok, first)).toEqual([]);
    expect(statuses(life, 1)).toEqual(["under-way"]);
  });

  it("is a CloudEvent, and a Standard Webhook, without a phone or an address", () => {
    const life = Life.open();
    life.hear(1, 7, { event: "order.ready", status: "ready" });
    const body: unknown = JSON.parse(bodyOf({ tenant: "demo", id: "end_1" }, life.report(1, 7)));
    expect(body).toEqual({
      specversion: "1.0",
      id: `rep_${orderId(1)}_7`,
      source: `/tenants/demo/orders/${orderId(1)}`,
      type: "comanda.order.ready.v1",
      subject: orderId(1),
      time: "2026-11-14T18:00:00.000Z",
      timestamp: "2026-11-14T18:00:00.000Z",
      datacontenttype: "application/json",
      sequence: "0000000007",
      data: {
        order: orderId(1), venue: "demo-1", code: "KT47", status: "ready", fulfilment: "pickup", total: 1_400,
        currency: "EUR", seq: 7, placedAt: "2026-11-14T18:00:00.000Z", requestedFor: null,
        readyAt: "2026-11-14T19:00:00.000Z", end: null, driver: null,
      }, // prettier-ignore
    });
  });
});

it("says what the API describes, and nothing else, with a ticket and without", () => {
  for (const [at, data] of factsAsSaid["order.reported"].entries()) {
    const life = Life.open();
    life.hear(at, at, { ...facts["order.reported"].parse(data), order: orderId(at), seq: at });
    const body: unknown = JSON.parse(bodyOf({ tenant: "demo", id: "end_1" }, life.report(at, at)));
    expect(WebhookBody.parse(body)).toEqual(body);
  }
});

describe("the reports of an order", () => {
  it("go one after the other: the next only when the one before has ended", () => {
    const life = Life.open();
    for (const seq of [3, 4, 5]) life.hear(1, seq);
    expect(life.made.map(({ report }) => report)).toEqual([`rep_${orderId(1)}_3`]);
    life.answer(broken);
    expect(statuses(life, 1)).toEqual(["waiting", "waiting", "waiting"]);
    life.wait();
    life.answer(ok);
    life.answer(ok);
    life.answer(ok);
    expect(statuses(life, 1)).toEqual(["delivered", "delivered", "delivered"]);
  });

  it("do not wait for another order's", () => {
    const life = Life.open();
    life.hear(1, 3);
    life.answer(broken);
    life.hear(2, 3);
    life.answer(ok);
    expect([statuses(life, 1), statuses(life, 2)]).toEqual([["waiting"], ["delivered"]]);
  });

  it("go on after one was given up", () => {
    const life = Life.open();
    life.hear(1, 3);
    life.hear(1, 4);
    while (statuses(life, 1)[0] !== "failed") {
      life.answer(broken);
      if (life.calls.length === 0) life.wait();
    }
    expect(life.calls.map(({ report }) => report)).toEqual([`rep_${orderId(1)}_4`]);
  });

  it("are six orders' at a time; the seventh begins when one of them ends", () => {
    const life = Life.open();
    for (let order = 1; order <= 8; order += 1) life.hear(order, 3);
    expect(life.calls).toHaveLength(6);
    life.answer(ok);
    expect(life.calls).toHaveLength(6);
    expect(life.made).toHaveLength(7);
  });
});

describe("what was told of an order that is erased", () => {
  const line = { item: "soup", name: { en: "Soup" }, variation: null, quantity: 1, unit: 400, options: [], total: 400, taxClass: "food", allergens: [], note: "no Quixote" }; // prettier-ignore
  const ticket = {
    ...facts["order.sent"].parse(factsAsSaid["order.sent"][0]),
    customer: "Zebulon Q.",
    note: "ring Quixote",
    lines: [line],
  };
  const end = { reason: "staff-cancelled", detail: "Quixote called" } as const;

  it.each([null, ["order.sent", "order.cancelled"] as const])("names nobody any more, nor when replayed, and told of %s", (events) => {
    const life = Life.open({ events: events === null ? null : [...events] });
    life.hear(1, 3, { event: "order.sent", ticket });
    life.answer({ status: 200, retryAfterMs: null, excerpt: "thanks, Zebulon Q." });
    life.hear(1, 4, { event: "order.cancelled", end, driver: "Dara Quixote" });
    life.answer(ok);
    expect(JSON.stringify(life.endpoint)).toMatch(/Zebulon.*Quixote/);
    life.hear(1, 5, { event: "order.erased", end: { ...end, detail: "" } });
    expect(JSON.stringify(life.endpoint)).not.toMatch(/Zebulon|Quixote/);
    expect(JSON.stringify(life.endpoint)).toContain("Soup");
    expect(statuses(life, 1)).toEqual(events === null ? ["delivered", "delivered", "under-way"] : ["delivered", "delivered"]);
  }); // prettier-ignore
});

describe("the breaker", () => {
  const fail = (life: Life, orders: readonly number[]): void => {
    for (const order of orders) {
      life.hear(order, 3);
      life.answer(broken);
    }
  };

  it("is opened by five failures in a row, of three orders at least", () => {
    const one = Life.open();
    one.hear(1, 3);
    for (let tries = 0; tries < 6; tries += 1) {
      one.answer(broken);
      one.wait();
    }
    expect(one.endpoint.breaker.state).toBe("closed");

    const many = Life.open();
    fail(many, [1, 2, 3, 4]);
    expect(many.endpoint.breaker.state).toBe("closed");
    fail(many, [5]);
    expect(endpointView(many.endpoint, "e")?.breaker).toMatchObject({
      state: "open",
      until: "2026-11-14T18:00:30.000Z",
    });
    many.hear(6, 3);
    expect(many.calls).toEqual([]);
  });

  it("is kept closed by a success in between", () => {
    const life = Life.open();
    fail(life, [1, 2, 3, 4]);
    life.hear(5, 3);
    life.answer(ok);
    fail(life, [6, 7, 8, 9]);
    expect(life.endpoint.breaker.state).toBe("closed");
  });

  it("lets one through when its time has come, first what was tried least, and is closed by its success", () => {
    const life = Life.open();
    fail(life, [1, 2, 3, 4, 5]);
    life.hear(6, 3);
    life.wait();
    expect(life.now - start).toBe(30 * second);
    expect(life.calls.map(({ report }) => report)).toEqual([`rep_${orderId(6)}_3`]);
    expect(life.endpoint.breaker.state).toBe("half-open");
    life.hear(7, 3);
    expect(life.calls).toHaveLength(1);
    life.answer(ok);
    expect(life.endpoint.breaker.state).toBe("closed");
    expect(life.calls).toHaveLength(6);
  });

  it("stays open twice as long after each that fails, ten minutes at most", () => {
    const life = Life.open();
    fail(life, [1, 2, 3, 4, 5]);
    const waits: number[] = [];
    for (let order = 6; order <= 12; order += 1) {
      life.hear(order, 3);
      const before = life.now;
      life.wait();
      waits.push((life.now - before) / second);
      life.answer(broken);
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 600, 600]);
  });
});

describe("an endpoint", () => {
  it("is told of by every venue it is for, as long as it is enabled", () => {
    const life = Life.open();
    const at = (venue: string, what: string) => `venue/demo/${venue} endpoint.${what}`;
    expect(venuesTold(life)).toEqual([at("demo-1", "opened"), at("demo-2", "opened")]);
    life.give({ type: "cover", venue: "demo-3" });
    expect(life.give({ type: "cover", venue: "demo-3" })).toEqual([]);
    life.give({ type: "change", settings: { ...settings, venues: ["demo-3"] }, venues: ["demo-3"] });
    expect(venuesTold(life).slice(2)).toEqual([at("demo-3", "opened"), at("demo-1", "closed"), at("demo-2", "closed")]);
    expect(life.give({ type: "cover", venue: "demo-4" })).toEqual([]);
    life.give({ type: "change", settings: { ...settings, venues: ["demo-3"], enabled: false }, venues: ["demo-3"] });
    life.give({ type: "change", settings: { ...settings, venues: ["demo-3"], enabled: true }, venues: ["demo-3"] });
    life.give({ type: "delete" });
    expect(venuesTold(life).slice(5)).toEqual([at("demo-3", "closed"), at("demo-3", "opened"), at("demo-3", "closed")]);
    expect(isRefusal(life.give({ type: "test", id: "test_1" }))).toBe(true);
  });

  it("is disabled by 410, and what waits is kept to be replayed", () => {
    const life = Life.open();
    life.hear(1, 3);
    life.hear(1, 4);
    life.hear(2, 3);
    expect(life.answer({ ...ok, status: 410 })).toEqual(["attempt-failed", "disabled"]);
    expect(statuses(life, 1)).toEqual(["failed", "failed"]);
    // What was under way is still heard of; what comes is kept; nothing is sent.
    life.answer(ok);
    expect(statuses(life, 2)).toEqual(["delivered"]);
    expect(life.hear(2, 4)).toEqual(["reported"]);
    expect(life.give({ type: "test", id: "test_1" })).toMatchObject({ refused: "conflict" });
    expect(endpointView(life.endpoint, "e")).toMatchObject({ enabled: false, disabled: { reason: "gone" }, failed: 3 });

    life.give({ type: "change", settings, venues: ["demo-1", "demo-2"] });
    life.give({ type: "replay-range", from: start, until: start + 1, status: "failed" });
    while (life.calls.length > 0) life.answer(ok);
    expect([statuses(life, 1), statuses(life, 2)]).toEqual([
      ["delivered", "delivered"],
      ["delivered", "delivered"],
    ]);
    expect(life.made.slice(2).map(({ report }) => report.slice(-4))).toEqual(["01_3", "02_4", "01_4"]);
  });

  it("that was not reached for five days is disabled", () => {
    const life = Life.open();
    let order = 1;
    while (life.endpoint.disabled === null && life.now < start + 10 * day) {
      if (life.calls.length === 0 && Object.keys(life.rules.deadlines(life.endpoint)).length === 0)
        life.hear(order++, 3);
      if (life.calls.length === 0) life.wait();
      if (life.calls.length > 0) life.answer({ error: "no route" });
      if (life.calls.length === 0 && life.endpoint.disabled === null) life.hear(order++, 3);
    }
    expect(life.endpoint.disabled?.reason).toBe("unreachable");
    expect(life.now - start).toBeGreaterThanOrEqual(5 * day);
    expect(life.now - start).toBeLessThan(5 * day + hour);
  });

  it("that cannot keep up at all is disabled instead of growing without end", () => {
    const life = Life.open();
    const streams = Object.fromEntries(
      Array.from({ length: mostStreams }, (_, at) => {
        const report = { ...waitingReport(life), id: `rep_${orderId(at + 10)}_3` };
        return [orderId(at + 10), { reports: [report], touchedAt: start }];
      }),
    );
    life.endpoint = { ...life.endpoint, streams };
    expect(life.hear(1, 3)).toEqual(["disabled"]);
    expect(life.endpoint.disabled?.reason).toBe("too-far-behind");
    // Now that all has ended there is room for what still comes of running orders.
    expect(life.hear(2, 3)).toEqual(["forgotten", "reported"]);
    expect(Object.keys(life.endpoint.streams)).toHaveLength(mostStreams);
  });

  it("forgets what ended two weeks ago", () => {
    const life = Life.open();
    life.hear(1, 3);
    life.answer(ok);
    life.pass(day);
    life.hear(2, 3);
    life.answer(ok);
    life.wait();
    expect(life.now - start).toBe(keptMs);
    expect(Object.keys(life.endpoint.streams)).toEqual([orderId(2)]);
  });

  it("sends a test event, whatever else it wants", () => {
    const life = Life.open({ events: ["order.sent"] });
    expect(life.give({ type: "test", id: "test_1" })).toEqual(["test-asked", "attempt-started"]);
    life.answer(ok);
    expect(reportsOf(life.endpoint, { limit: 10 })).toMatchObject([
      { id: "test_1", event: "endpoint.tested", order: null },
    ]);
  });

  it("refuses to replay what has not ended, what is not there, and too much at once", () => {
    const life = Life.open();
    life.hear(1, 3);
    expect(life.give({ type: "replay", report: life.report(1, 3).id })).toMatchObject({ refused: "conflict" });
    expect(life.give({ type: "replay", report: "rep_none" })).toMatchObject({ refused: "not-found" });
    expect(life.give({ type: "replay-range", from: 0, until: start, status: "all" })).toEqual([]);
  });
});

describe("a secret", () => {
  const rotate = (life: Life, id: string, overlapMs: number) =>
    life.give({ type: "rotate", secret: { id, sealed: "y" }, overlapMs });
  const ids = (life: Life) => life.endpoint.secrets.map(({ id }) => id);

  it("signs beside its successor for a while, and is then forgotten", () => {
    const life = Life.open();
    expect(rotate(life, "sec_2", day)).toEqual(["secret-made"]);
    expect(ids(life)).toEqual(["sec_2", "sec_1"]);
    life.pass(day);
    expect(ids(life)).toEqual(["sec_2"]);
  });

  it("is replaced at once where that is asked, and three at most sign together", () => {
    const life = Life.open();
    rotate(life, "sec_2", day);
    rotate(life, "sec_3", day);
    expect(rotate(life, "sec_4", day)).toMatchObject({ refused: "conflict" });
    expect(rotate(life, "sec_4", 0)).toEqual(["secret-made"]);
    expect(ids(life)).toEqual(["sec_4"]);
  });

  it("does not sign longer because another was made since", () => {
    const life = Life.open();
    rotate(life, "sec_2", hour);
    rotate(life, "sec_3", day);
    expect(life.endpoint.secrets.map(({ until }) => until)).toEqual([null, start + day, start + hour]);
  });

  it("is in no view", () => {
    expect(JSON.stringify(endpointView(Life.open().endpoint, "e"))).not.toContain("sealed");
  });
});

function waitingReport(life: Life) {
  life.hear(1, 1);
  return { ...life.report(1, 1), state: { status: "waiting", dueAt: start } as const };
}
