import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { beginShift, crewOf } from "./crew.ts";
import { bread, choose, forDelivery, place, toCheckout, told } from "./guest.ts";
import { Stage } from "./stage.ts";

let stage: Stage;
let tablet: Page;
let driver: Page;

beforeAll(async () => {
  stage = await Stage.open();
  ({ tablet, driver } = await crewOf(stage));
  await beginShift(driver);
});
afterAll(() => stage?.stop());
afterEach(() => stage.demandSilence());

describe("a driver's phone without a connection", () => {
  it("goes on with the delivery, and sends what was done when it is back", async () => {
    const phone = await stage.visit(stage.links.customer, "phone");
    await choose(phone, bread);
    await toCheckout(phone);
    await forDelivery(phone);
    const code = await place(phone);
    const ticket = tablet.getByRole("listitem", { name: code });
    await ticket.getByRole("button", { name: /^Accept/ }).click();
    await ticket.getByRole("button", { name: "Ready" }).click();
    await driver.getByRole("button", { name: "Take it" }).click();
    await driver.getByRole("heading", { name: "Go to the restaurant" }).waitFor();

    await driver.context().setOffline(true);
    await driver.getByText("No connection.").waitFor();
    await driver.getByRole("button", { name: "I am there" }).click();
    await driver.getByRole("button", { name: "I have the food" }).click();
    await driver.getByRole("heading", { name: "Go to the customer" }).waitFor();
    await driver.getByText("Not sent yet", { exact: true }).waitFor();
    await driver.getByText("Done here and not sent yet: 2").waitFor();
    expect(await phone.getByRole("heading", { level: 1 }).innerText()).not.toBe("On its way to you");

    await driver.context().setOffline(false);
    await told(phone, "On its way to you");
    expect(await driver.locator(".pending-outcomes li").allInnerTexts()).toEqual([
      expect.stringMatching(/I am there .* ✓ sent$/),
      expect.stringMatching(/I have the food .* ✓ sent$/),
    ]);
    await driver.getByRole("button", { name: "OK", exact: true }).click();
    const pin = (await phone.locator(".order-pin .mono").textContent()) ?? "";
    await driver.getByLabel("The customer’s PIN").fill(pin);
    await driver.getByRole("button", { name: "Delivered" }).click();
    await told(phone, "Enjoy your meal");
    await phone.context().close();
  });
});
