import { expect, it } from "vitest";
import { orderRoutes } from "../../contracts/order-routes.ts";
import { cancel } from "./cancel-route.ts";

it("is the route by which an order is cancelled", () => {
  const { method, path } = orderRoutes.cancel;
  expect(cancel).toMatchObject({ method, path });
});
