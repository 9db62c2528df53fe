import { expect, test } from "vitest";
import { pathOf } from "./route-path.ts";

test("parameters are filled in, and escaped", () => {
  expect(pathOf("/v1/venues/{venue}/tickets/{order}", { venue: "a b", order: "ord_1" })).toBe(
    "/v1/venues/a%20b/tickets/ord_1",
  );
});

test("a query parameter may come several times", () => {
  expect(pathOf("/v1/orders/statuses", {}, { id: ["a", "b"], open: "true" })).toBe(
    "/v1/orders/statuses?id=a&id=b&open=true",
  );
});

test("a parameter left out is a mistake of ours", () => {
  expect(() => pathOf("/v1/orders/{order}")).toThrow("needs order");
});
