import { expect, it } from "vitest";
import { notificationOf } from "./notification.ts";

it("shows what a push says, and where it leads", () => {
  const said = { title: "On its way", body: "There at 18:40", url: "/demo/orders/ord_1", tag: "ord_1" };
  expect(notificationOf(JSON.stringify(said))).toMatchObject({
    title: "On its way",
    body: "There at 18:40",
    tag: "ord_1",
    data: { url: "/demo/orders/ord_1" },
  });
});

it("shows something for a push that says nothing, and leads to no other site", () => {
  for (const text of ["", "null", "[1]", '{"title":7}']) expect(notificationOf(text).title).toBe("Comanda");
  for (const url of ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]) {
    expect(notificationOf(JSON.stringify({ url })).data.url).toBe("/");
  }
});
