import { describe, expect, it } from "vitest";
import { chained, digestOf } from "../../workers/shared/storage.ts";
import { exportedLog } from "../../domain/order/logged-event.ts";
import { verifyLog } from "./exported-log.ts";

const order = { tenant: "demo", id: "ord_00000000000000000000000001" };

/** A log as an order writes it. */
function logOf(...bodies: object[]) {
  let hash = "";
  return bodies.map((event, at) => {
    const body = JSON.stringify({ ...event, seq: at + 1, at: 1_800_000_000_000 + at });
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

  it("is whole where something personal was erased of it", () => {
    const before = logOf({ type: "placed", name: "Ada" });
    const body = JSON.stringify({ type: "placed", name: "", seq: 1, at: 1 });
    const says = JSON.stringify({ type: "erased", events: [{ seq: 1, digest: digestOf(body) }], seq: 2, at: 2 });
    const [placed] = before;
    if (placed === undefined) return expect.unreachable();
    const erased = { ...placed, seq: 2, type: "erased", hash: chained(placed.hash, says), body: says };
    const log = exportedLog(order, [{ ...placed, body }, erased]);
    expect(verifyLog(log)).toMatchObject({ whole: true, events: 2 });
    expect(verifyLog(log.replace('"name":""', '"name":"Eve"'))).toMatchObject({ whole: false, line: 1 });
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

  const [one = "", two = "", three = ""] = lines;
  it.each([
    ["another time", two.replace(/"time":"[^"]+"/, '"time":"2020-01-01T00:00:00.000Z"')],
    ["another type", two.replace("comanda.log.placed", "comanda.log.cancelled")],
    ["another source", two.replace("/tenants/demo/", "/tenants/evil/")],
    ["another subject", two.replace(`"subject":"${order.id}"`, '"subject":"ord_x"')],
    ["another id", two.replace("#2", "#3")],
    ["one field more", two.replace('{"specversion"', '{"amount":0,"specversion"')],
    ["one field more in its data", two.replace('"data":{', '"data":{"__proto__":{"total":0},')],
    ["one field twice", two.replace('"note":', '"note":"first","note":')],
    ["a blank", two.replace('"data":', '"data": ')],
    ["an escaped letter", two.replace("two", "\\u0074wo")],
    ["a hash in capitals", two.replace(/"comandahash":"([0-9a-f]+)"/, (_, hash: string) => `"comandahash":"${hash.toUpperCase()}"`)],
    ["no data", two.replace(/"data":.*/, '"data":null}')],
    ["nothing", ""],
  ])("is broken at a line that has %s", (_, changed) => {
    expect(changed).not.toBe(two);
    expect(verifyLog([one, changed, three, ""].join("\n"))).toMatchObject({ whole: false, line: 2 });
  }); // prettier-ignore

  it("counts the lines as they stand in the file", () => {
    expect(verifyLog(`${one}\n\n${two}\n`)).toMatchObject({ whole: false, line: 2 });
    expect(verifyLog(`\n${one}\n`)).toMatchObject({ whole: false, line: 1 });
    expect(verifyLog(`${text}\n`)).toMatchObject({ whole: false, line: 4 });
    expect(verifyLog(one)).toMatchObject({ whole: true, events: 1 });
  });
});
