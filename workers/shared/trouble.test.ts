import { expect, it } from "vitest";
import { z } from "zod";
import { troubleOf } from "./trouble.ts";

const Order = z.object({ order: z.object({ code: z.string() }) });

function thrownBy(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

it("of what has the wrong shape says where and what was expected, in lines and not in JSON", () => {
  const { error, stack } = troubleOf(thrownBy(() => Order.parse({ order: {} })));
  expect(error).toBe("✖ Invalid input: expected string, received undefined\n  → at order.code");
  expect(stack).toMatch(/ at order\.code\n {4}at /);
});

it("of a failed query says why it failed, not what it was", () => {
  const cause = new Error("no such table: menus");
  expect(troubleOf(new Error("Failed query: select …", { cause })).error).toBe("Error: no such table: menus");
  expect(troubleOf("gone")).toEqual({ error: "gone", stack: "" });
});
