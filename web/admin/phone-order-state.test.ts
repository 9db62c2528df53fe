import { describe, expect, it } from "vitest";
import { Checkout, NewOrder } from "../../contracts/order.ts";
import { bodyOf, lacking, noOrder, phoneOf, withLine } from "./phone-order-state.ts";

const soup = { item: "soup", quantity: 1, options: [] };
const ada = { ...noOrder, name: " Ada ", phone: "0049 30 123456", lines: [soup] };

describe("an order by phone", () => {
  it("is what the API takes, with the phone as the network writes it", () => {
    const body = NewOrder.parse(bodyOf(ada, "demo-1", null));
    expect(body.checkout).toMatchObject({
      customer: { name: "Ada", phone: "+4930123456" },
      payment: { method: "cash" },
    });
  });

  it("has an address where it is brought, a table where it is eaten here", () => {
    const brought = { ...ada, fulfilment: "delivery" as const, line1: "Here 1", table: "7" };
    expect(Checkout.parse(bodyOf(brought, "demo-1", "card_ok").checkout)).toMatchObject({
      address: { line1: "Here 1" },
    });
    const here = bodyOf({ ...brought, fulfilment: "dine-in" }, "demo-1", null).checkout;
    expect(here).toMatchObject({ address: null, table: "7" });
  });

  it("lacks what it cannot be placed without", () => {
    expect(lacking(noOrder)).toEqual(["lines", "name"]);
    expect(lacking({ ...noOrder, fulfilment: "delivery" })).toEqual(["lines", "name", "phone", "line1"]);
    expect(lacking({ ...ada, phone: "12" })).toEqual(["phone"]);
    expect(lacking(ada)).toEqual([]);
  });

  it("knows a number however it is written", () => {
    expect(phoneOf("0049 (30) 123-45")).toBe("+493012345");
    expect(phoneOf(" ")).toBeNull();
  });

  it("has one line for the same dish chosen the same way", () => {
    expect(withLine([soup], soup)).toEqual([{ ...soup, quantity: 2 }]);
    expect(withLine([soup], { ...soup, note: "hot" })).toHaveLength(2);
  });
});
