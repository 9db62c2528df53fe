import { expect, test } from "vitest";
import { facts } from "../../contracts/events.ts";
import { at, ordered, type Story } from "./story-for-tests.ts";

const endpoints = ["end_1", "end_2"];
const listened = { terms: { ...ordered().terms, endpoints } };
const said = (story: Story) => story.said.filter(({ type }) => type === "order.reported");
const names = (story: Story) =>
  said(story).flatMap(({ type, data, to }) => (type === "order.reported" && to.endsWith("end_1") ? [data.event] : []));

test("an order of a venue to which nobody listens reports nothing", () => {
  for (const how of ["pickup", "delivery"] as const) expect(said(at("over", how))).toEqual([]);
});

test("an order tells every endpoint of its life, event by event, and of its basket nothing", () => {
  const story = at("over", "pickup", listened);
  expect(names(story)).toEqual([
    "order.placed", "order.payment-authorised", "order.sent", "order.accepted", "order.payment-captured",
    "order.preparing", "order.ready", "order.collected",
  ]); // prettier-ignore
  expect(said(story).map(({ to }) => to)).toEqual(
    names(story).flatMap(() => endpoints.map((id) => `endpoint/demo/${id}`)),
  );
  const seqs = said(story).flatMap((fact) => (fact.type === "order.reported" ? [fact.data.seq] : []));
  expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
});

test("a delivery tells who brings it, by first name as the driver is called", () => {
  const story = at("over", "delivery", listened);
  expect(names(story)).toEqual(expect.arrayContaining(["order.driver-assigned", "order.picked-up", "order.delivered"]));
  const last = said(story).at(-1);
  expect(last?.type === "order.reported" ? [last.data.status, last.data.driver] : []).toEqual(["delivered", "Bob"]);
});

test("what is told fits its contract, has the ticket when the kitchen is asked, and no phone, whole name or PIN", () => {
  const story = at("over", "delivery", listened);
  for (const fact of said(story)) expect(facts["order.reported"].parse(fact.data)).toEqual(fact.data);
  const tickets = said(story).flatMap((fact) =>
    fact.type === "order.reported" && fact.data.ticket !== null ? [fact.data.event] : [],
  );
  expect(tickets).toEqual(["order.sent", "order.sent"]);
  const text = JSON.stringify(said(story));
  for (const secret of ["Lovelace", "4915112345678", "4711", "card_ok"]) expect(text).not.toContain(secret);
  expect(text).toContain("Ada L.");
});

test.for([
  [true, ["order.food-returned"]],
  [false, []],
] as const)(
  "food that was on its way back is told to be there only where somebody says so: %s",
  ([confirmed, told]) => {
    const story = at("out-for-delivery", "delivery", listened);
    story.cancel("staff");
    const before = names(story).length;
    story.news({ type: "delivery.returned", data: { confirmed } });
    expect(names(story).slice(before)).toEqual(told);
  },
);

test("an order that is called off says why", () => {
  const story = at("sent", "pickup", listened);
  story.cancel();
  const last = said(story).at(-1);
  expect(last?.data).toMatchObject({
    event: "order.cancelled",
    status: "cancelled",
    end: { reason: "customer-cancelled" },
  });
});
