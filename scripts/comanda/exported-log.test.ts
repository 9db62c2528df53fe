import { describe, expect, it } from "vitest";
import { chained } from "../../workers/shared/storage.ts";
import { exportedLog, verifyLog } from "./exported-log.ts";

const order = { tenant: "demo", id: "ord_00000000000000000000000001" };

/** A log as an order writes it. */
function logOf(...bodies: object[]) {
  let hash = "";
  return bodies.map((event, at) => {
    const body = JSON.stringify({ ...event, seq: at + 1 });
    hash = chained(hash, body);
    return { seq: at + 1, type: "placed", at: "2026-11-21T19:30:00Z", by: "Ada", hash, body };
  });
}

const text = exportedLog(
  order,
  logOf({ type: "opened" }, { type: "placed", "2": "two", note: "çüé 🍜" }, { type: "sent" }),
);
const lines = text.split("\n");

describe("an exported log", () => {
  it("is whole as the order wrote it", () => {
    expect(verifyLog(text)).toEqual({ whole: true, order: order.id, events: 3 });
  });

  it("is broken at the line that was changed, left out, moved or added", () => {
    const [one = "", two = "", three = ""] = lines;
    expect(verifyLog([one, two.replace("two", "2"), three].join("\n"))).toMatchObject({ whole: false, line: 2 });
    expect(verifyLog([one, three].join("\n"))).toMatchObject({ whole: false, line: 2 });
    expect(verifyLog([one, three, two].join("\n"))).toMatchObject({ whole: false, line: 2 });
    expect(verifyLog([one, two, three, one].join("\n"))).toMatchObject({ whole: false, line: 4 });
    expect(verifyLog([one, "not an event"].join("\n"))).toMatchObject({ whole: false, line: 2 });
    expect(verifyLog([one, two.replaceAll(order.id, "ord_x")].join("\n"))).toMatchObject({ whole: false, line: 2 });
    expect(verifyLog("")).toMatchObject({ whole: false });
  });
});
