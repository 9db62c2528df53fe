import { beforeEach, describe, expect, it, vi } from "vitest";
import { log } from "./log.ts";
import { concern, during, Occasion, requested, traceNow } from "./occasion.ts";

const order = `ord_${"7".repeat(26)}`;
const traceparent = `00-${"a".repeat(32)}-${"b".repeat(16)}-01`;
let lines: Record<string, unknown>[];

beforeEach(() => {
  lines = [];
  vi.spyOn(console, "info").mockImplementation((line: string) => void lines.push(JSON.parse(line)));
  vi.spyOn(console, "error").mockImplementation((line: string) => void lines.push(JSON.parse(line)));
});

describe("a line of the log", () => {
  it("says which worker wrote it, on whose trace, about which order, and by which actor", () => {
    const occasion = new Occasion("kitchen", { traceparent, order, actor: "t/v" });
    during(occasion, () => log.info("news without effect", { about: "x" }));
    const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect(lines).toEqual([
      { at, level: "info", message: "news without effect", worker: "kitchen", traceparent, order, actor: "t/v", about: "x" },
    ]); // prettier-ignore
  });

  it("has the trace of what caused it also after a wait, and beside others that are handled at the same time", async () => {
    const handle = async (actor: string, ms: number): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      log.info(actor);
    };
    await Promise.all(["one", "two"].map((actor, at) => during(new Occasion("delivery", { actor }), () => handle(actor, 5 - at * 5)))); // prettier-ignore
    expect(lines.map(({ message, actor }) => [message, actor])).toEqual([["two", "two"], ["one", "one"]]); // prettier-ignore
    expect(new Set(lines.map((line) => line["traceparent"])).size).toBe(2);
  });

  it("continues the caller's trace with a span of our own, and names the order of the address", () => {
    const request = new Request(`https://x/v1/orders/${order}/cancel`, { headers: { traceparent } });
    during(requested("ordering", request), () => {
      log.info("one");
      log.error("two");
      expect(lines.map((line) => line["traceparent"])).toEqual([traceNow(), traceNow()]);
    });
    expect(lines[0]).toMatchObject({
      order,
      traceparent: expect.stringMatching(`^00-${"a".repeat(32)}-[0-9a-f]{16}-01$`),
    });
    expect(lines[0]?.["traceparent"]).not.toBe(traceparent);
  });

  it("names the order from when it is known", () => {
    during(requested("ordering", new Request("https://x/v1/orders")), () => {
      log.info("before");
      concern(order);
      log.info("after");
    });
    expect(lines.map((line) => line["order"])).toEqual([null, order]);
  });

  it("has a trace even where nobody said what is being handled", () => {
    log.info("beginning");
    expect(lines[0]).toMatchObject({
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/),
      order: null,
    });
  });

  it("tells nothing that looks like a token, an e-mail address or a phone", () => {
    const token = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl";
    log.error("request failed", {
      error: `ada@marker.example, +4915112345678, Bearer ${token}, ${token} and Basic YWRhOnNlY3JldA==`,
      id: `order/t/${order}>board/t/v#1`,
    });
    expect(lines[0]?.["error"]).toBe("[e-mail], [phone], Bearer [token], [token] and Basic [secret]");
    expect(lines[0]?.["id"]).toBe(`order/t/${order}>board/t/v#1`);
  });
});
