import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { bread, choose, forDelivery, place, toCheckout, told } from "./guest.ts";
import { Stage } from "./stage.ts";

const tasca = "Tasca da Esquina";

let stage: Stage;
let tablet: Page;
let driver: Page;

beforeAll(async () => {
  stage = await Stage.open();
  const here = { latitude: 52.5401, longitude: 13.4102 };
  [tablet, driver] = await Promise.all([
    stage.visit(stage.links.kitchen, "tablet"),
    stage.visit(stage.links.driver, "phone", { permissions: ["geolocation"], geolocation: here }),
  ]);
  await Promise.all([stage.letIn(tablet, "Pass", tasca), stage.letIn(driver, "Dara’s phone")]);
  await driver.getByLabel("Your name").fill("Dara");
  await driver.getByText("Bike").click();
  await driver.getByRole("button", { name: "Start shift" }).click();
  await driver.getByText("position shared").waitFor();
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
