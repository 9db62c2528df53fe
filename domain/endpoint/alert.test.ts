import { describe, expect, it } from "vitest";
import type { LetterAlert } from "../../contracts/webhook.ts";
import { bodyOf } from "./body.ts";
import { Life, ok } from "./endpoint-for-tests.ts";
import { reportIn } from "./endpoint.ts";
import { reportsOf } from "./view.ts";

const alert: LetterAlert = {
  letter: "b3JkZXI", order: "ord_1", fact: "comanda.order.sent.v1", sender: "order/demo/ord_1", receiver: "board/demo/demo-1",
  sequence: 1, consumer: "kitchen-inbox", error: "Error: no", at: 1_800_000_000_000,
}; // prettier-ignore
const command = { type: "alert", id: "alert_1", alert } as const;

describe("an alert", () => {
  it("is told like a report, once, to an endpoint for all venues that wants it or names no events", () => {
    for (const events of [null, ["dead-letter.appeared", "order.sent"] as const]) {
      const life = Life.open({ venues: null, events: events === null ? null : [...events] });
      expect(life.give(command)).toEqual(["alerted", "attempt-started"]);
      expect(life.give(command)).toEqual([]);
      expect(life.answer(ok)).toEqual(["attempt-succeeded"]);
    }
  });

  it("says which letter, and nothing of what the fact holds", () => {
    const life = Life.open({ venues: null, events: null });
    life.give(command);
    const report = reportIn(life.endpoint, "alert_1")?.report;
    if (report === undefined) return expect.unreachable();
    expect(JSON.parse(bodyOf({ tenant: "demo", id: "end_1" }, report))).toMatchObject({
      type: "comanda.dead-letter.appeared.v1",
      subject: "b3JkZXI",
      data: { ...alert, at: "2027-01-15T08:00:00.000Z" },
    });
    expect(reportsOf(life.endpoint, { limit: 1 })).toMatchObject([{ event: "dead-letter.appeared", order: null }]);
  });

  it("is not told to who hears of some venues or other events only, nor to who is told nothing at present", () => {
    expect(Life.open({ venues: ["demo-1"], events: null }).give(command)).toEqual([]);
    expect(Life.open({ venues: null, events: ["order.sent"] }).give(command)).toEqual([]);
    expect(Life.open({ venues: null, events: null, enabled: false }).give(command)).toEqual([]);
  });
});
