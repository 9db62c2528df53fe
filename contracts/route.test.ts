import { describe, expect, it } from "vitest";
import { z } from "zod";
import { deliveryRoutes } from "./delivery-routes.ts";
import { kitchenRoutes } from "./kitchen-routes.ts";
import { orderRoutes } from "./order-routes.ts";
import { count } from "./route.ts";

describe("a number in a query", () => {
  const query = z.strictObject({ limit: count(1, 100).default(20) });

  it("is decimal digits", () => {
    expect(query.parse({ limit: "7" })).toEqual({ limit: 7 });
    expect(query.parse({})).toEqual({ limit: 20 });
  });

  it("is nothing else that JavaScript would take for a number", () => {
    for (const limit of ["", " ", "0x10", "1e1", "1.0", "-1", "+1", "0", "101", "99999999999999999", ["1", "2"]]) {
      expect({ limit, taken: query.safeParse({ limit }).success }).toEqual({ limit, taken: false });
    }
  });

  it("is described as an integer", () => {
    expect(z.toJSONSchema(count(1, 100), { io: "input" })).toMatchObject({ type: "integer", minimum: 1, maximum: 100 });
  });
});

it("asks every socket in the same way for what came after a number", () => {
  for (const { query } of [orderRoutes.live, kitchenRoutes.live, deliveryRoutes.live, deliveryRoutes.myLive]) {
    expect(query.parse({ after: "12", access_token: "t" })).toEqual({ after: 12, access_token: "t" });
    for (const after of ["", "abc", "0x2"]) expect(query.safeParse({ after }).success).toBe(false);
  }
});
