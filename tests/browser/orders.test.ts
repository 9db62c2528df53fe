import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { beginShift, crewOf, handOver } from "./crew.ts";
import { bread, choose, forDelivery, place, toCheckout, told } from "./guest.ts";
import { onABusyMachine, Stage } from "./stage.ts";

let stage: Stage;
let tablet: Page;
let driver: Page;

beforeAll(async () => {
  stage = await Stage.open();
  ({ tablet, driver } = await crewOf(stage));
});
afterAll(() => stage?.stop());
afterEach(() => stage.demandSilence());

const ticket = (code: string): Locator => tablet.getByRole("listitem", { name: code });
const tap = (code: string, name: string | RegExp) => ticket(code).getByRole("button", { name }).click();

describe("an order", () => {
  it("goes from the menu to the customer's hands, and the customer sees every step", async () => {
    const phone = await stage.visit(stage.links.customer, "phone");
    await phone.getByRole("button", { name: "Charcoal chicken" }).click();
    await phone.getByLabel("Whole").check();
    await phone.getByLabel("Garlic mayonnaise").check();
    await phone.getByLabel("A wish for the kitchen").fill("Well done, please");
    await phone.getByRole("button", { name: "Add · €16.50" }).click();
    await toCheckout(phone);
    const code = await place(phone);

    expect(await ticket(code).innerText()).toMatch(/Charcoal chicken\s+Whole[^]*Garlic mayonnaise[^]*Well done/);
    await told(phone, "The kitchen has your order");
    await tap(code, "Ready in 30 min");
    await told(phone, "The kitchen said yes");
    const [promised] = /\d\d:\d\d/.exec(await ticket(code).locator(".ticket-time").innerText()) ?? [];
    expect(await phone.locator(".order-when").innerText()).toBe(`Ready at ${promised}`);
    await phone.getByText("Payment: paid").waitFor();
    await tap(code, "Start");
    await told(phone, "It is being made");
    await tap(code, /Charcoal chicken/);
    await ticket(code)
      .getByRole("button", { name: /Charcoal chicken/, pressed: true })
      .waitFor();
    await tap(code, "Ready");
    await told(phone, "Ready: come and get it");
    await handOver(tablet, code);
    await told(phone, "Enjoy your meal");
    await ticket(code).waitFor({ state: "detached" });
    await phone.context().close();
  });

  it("is brought by a driver, whom the customer gives the PIN", async () => {
    await beginShift(driver);

    const phone = await stage.visit(stage.links.customer, "phone");
    await choose(phone, bread);
    await toCheckout(phone);
    await forDelivery(phone);
    await phone.getByLabel("Cash").check();
    const code = await place(phone);
    await tap(code, /^Accept/);
    await tap(code, "Ready");

    await driver.getByRole("button", { name: "Take it" }).click();
    await phone.getByText("Dara brings your order.").waitFor();
    await driver.getByRole("button", { name: "I am there" }).click();
    await ticket(code).getByText("Dara is here").waitFor();
    await driver.getByRole("button", { name: "I have the food" }).click();
    await told(phone, "On its way to you");
    await driver.context().setGeolocation({ latitude: 52.5312, longitude: 13.4111 });
    await phone.getByRole("img", { name: "Dara is 1.1 km from the restaurant." }).waitFor();
    await ticket(code).waitFor({ state: "detached" });
    await driver.getByText("Collect €6.40 in cash").waitFor();

    const pin = (await phone.locator(".order-pin .mono").textContent()) ?? "";
    await driver.getByLabel("The customer’s PIN").fill(pin === "0000" ? "1111" : "0000");
    await driver.getByRole("button", { name: "Delivered" }).click();
    await driver.getByText("This is not the customer’s PIN.").waitFor();
    await driver.getByLabel("The customer’s PIN").fill(pin);
    await driver.getByRole("button", { name: "Delivered" }).click();
    await driver.getByText("No delivery yet.").waitFor();
    await told(phone, "Enjoy your meal");
    await phone.context().close();
  });

  it("that cannot be handed over ends with the reason, and the driver is free again", async () => {
    const phone = await stage.visit(stage.links.customer, "phone");
    await choose(phone, bread);
    await toCheckout(phone);
    await forDelivery(phone);
    const code = await place(phone);
    await tap(code, /^Accept/);
    await tap(code, "Ready");
    await driver.getByRole("button", { name: "Take it" }).click();
    await driver.getByRole("button", { name: "I am there" }).click();
    await driver.getByRole("button", { name: "I have the food" }).click();
    await driver.getByRole("button", { name: "Something is wrong" }).click();
    await driver.getByLabel("I bring the food back").uncheck();
    await driver.getByRole("button", { name: "Give up this delivery" }).click({ delay: 900 });
    await driver.getByText("No delivery yet.").waitFor();
    await phone.getByText("It could not be handed over.").waitFor();
    await phone.context().close();
  });
});

describe("a page that was cut off", () => {
  it("says so, and shows where the order stands when it is back, reloaded or not", async () => {
    const phone = await stage.visit(stage.links.customer, "phone");
    await choose(phone, bread);
    await toCheckout(phone);
    await phone.getByRole("button", { name: /^Order / }).scrollIntoViewIfNeeded();
    await phone.context().setOffline(true);
    // Where one has scrolled to, and not only at the top of the page.
    const { y } = (await phone.getByText("No connection.").boundingBox()) ?? { y: -1 };
    expect(y).toBeGreaterThanOrEqual(0);
    await phone.context().setOffline(false);
    const code = await place(phone);
    await told(phone, "The kitchen has your order");

    await phone.context().setOffline(true);
    await phone.getByText("No connection.").waitFor();
    await tap(code, /^Accept/);
    await tap(code, "Start");
    await ticket(code).getByRole("button", { name: "Ready" }).waitFor();
    await told(phone, "The kitchen has your order");
    await phone.context().setOffline(false);
    await told(phone, "It is being made");
    await phone.getByText("No connection.").waitFor({ state: "detached" });

    await tap(code, "Ready");
    await phone.reload();
    await told(phone, "Ready: come and get it");

    await tablet.context().setOffline(true);
    await tablet.getByText("No connection.").waitFor();
    await tablet.context().setOffline(false);
    await tablet.getByText("No connection.").waitFor({ state: "detached" });
    await handOver(tablet, code);
    await told(phone, "Enjoy your meal");
    await phone.context().close();
  });

  it(
    "says so within five seconds though nobody told it, and comes back when it is answered",
    onABusyMachine,
    async () => {
      const phone = await stage.visit(stage.links.customer, "phone");
      let silent = false;
      await phone.routeWebSocket(/\/live/, (near) => {
        const far = near.connectToServer();
        near.onMessage((message) => silent || far.send(message));
        far.onMessage((message) => silent || near.send(message));
      });
      await phone.reload();
      await choose(phone, bread);
      await toCheckout(phone);
      const code = await place(phone);
      await told(phone, "The kitchen has your order");
      silent = true;
      const since = performance.now();
      await phone.getByText("No connection.").waitFor();
      expect(performance.now() - since).toBeLessThan(5_000);
      await tap(code, /^Accept/);
      await ticket(code).getByRole("button", { name: "Start" }).waitFor();
      silent = false;
      await told(phone, "The kitchen said yes");
      await phone.getByText("No connection.").waitFor({ state: "detached" });
      await tap(code, "Ready");
      await handOver(tablet, code);
      await told(phone, "Enjoy your meal");
      await phone.context().close();
    },
  );

  it("places an order once, though the answer to it was lost", async () => {
    const phone = await stage.visit(stage.links.customer, "phone");
    await choose(phone, bread);
    await toCheckout(phone);
    let lost = 0;
    await phone.route("**/v1/orders", async (route) => {
      if (lost > 0) return route.continue();
      lost += 1;
      await route.fetch();
      return route.abort("connectionreset");
    });
    const before = await tablet.getByRole("listitem").filter({ hasText: "Ada" }).count();
    const code = await place(phone);
    await ticket(code).waitFor();
    expect(lost).toBe(1);
    expect(await tablet.getByRole("listitem").filter({ hasText: "Ada" }).count()).toBe(before + 1);

    await phone.getByRole("button", { name: "Cancel the order" }).click();
    await phone.getByRole("button", { name: "Yes, cancel" }).click();
    await told(phone, "Cancelled");
    await ticket(code).getByText("CANCELLED").waitFor();
    await tap(code, "Understood");
    await ticket(code).waitFor({ state: "detached" });
    await phone.context().close();
  });
});
