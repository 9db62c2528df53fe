import { expect, it } from "vitest";
import { Customer } from "../../contracts/order.ts";
import { mailFor } from "./mail.ts";
import { at, id, ordered } from "./story-for-tests.ts";

const script = `"><img src=x onerror=alert(1)>{{7*7}}`;

it("a mail holds what a customer wrote as plain text, and nothing of it in its subject", () => {
  const customer = { name: script, phone: null, email: "ada@example.com" };
  const { order } = at("ready", "delivery", ordered({ customer }));
  const carrier = { id: "bobs-post", name: "Bob's Post", state: "shipped", tracking: null, silentSince: null } as const;
  if (order.delivery === null) return expect.unreachable();
  const [mail] = mailFor(id, "under-way", { ...order, delivery: { ...order.delivery, carrier } }, { seq: 9, at: 0 });
  expect(mail?.request).toMatchObject({ to: "ada@example.com", subject: "Your order KT47 is on its way" });
  expect(mail?.request.text).toContain(`Hello ${script},`);
  // There is no part of it that a mail program would read as markup.
  expect(Object.keys(mail?.request ?? {}).toSorted()).toEqual(["about", "subject", "text", "to", "until"]);
});

it("neither a name nor an address of a mail can begin a line of its own", () => {
  for (const name of ["Ada\r\nBcc: eve@example.com", "Ada\nX", "Ada\u0000", "Ada\u0085X"]) {
    expect(Customer.safeParse({ name }).success, JSON.stringify(name)).toBe(false);
  }
  for (const email of ["ada@example.com\r\nBcc: eve@example.com", "a@b.example,c@d.example", "a@b.example\u0000"]) {
    expect(Customer.safeParse({ name: "Ada", email }).success, JSON.stringify(email)).toBe(false);
  }
});
