import { randomBytes } from "node:crypto";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { beginShift, crewOf } from "./crew.ts";
import { bread, choose, codeOf, forDelivery, place, toCheckout, told } from "./guest.ts";
import { faultsFromTheRight, faultsOf } from "./soundness.ts";
import { goBackFromSheet, Stage } from "./stage.ts";

let stage: Stage;
let tablet: Page;
let driver: Page;
let phone: Page;

beforeAll(async () => {
  stage = await Stage.open();
  ({ tablet, driver } = await crewOf(stage));
  await beginShift(driver);
});
afterAll(() => stage?.stop());
afterEach(() => stage.demandSilence());

/** A delivery that the driver has taken, of whoever holds `phone`. */
async function taken(): Promise<void> {
  phone = await stage.visit(stage.links.customer, "phone");
  await choose(phone, bread);
  await toCheckout(phone);
  await forDelivery(phone);
  const code = await place(phone);
  const ticket = tablet.getByRole("listitem", { name: code });
  await ticket.getByRole("button", { name: /^Accept/ }).click();
  await ticket.getByRole("button", { name: "Ready" }).click();
  await driver.getByRole("button", { name: "Take it" }).click();
  await driver.getByRole("heading", { name: "Go to the restaurant" }).waitFor();
}

async function fetched(): Promise<void> {
  await taken();
  await driver.getByRole("button", { name: "I am there" }).click();
  await driver.getByRole("button", { name: "I have the food" }).click();
  await driver.getByRole("heading", { name: "Go to the customer" }).waitFor();
}

/** The order whose page is open. */
function idOf(page: Page): string {
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

/** As a thumb that stays. */
function hold(button: string): Promise<void> {
  return driver.getByRole("button", { name: button }).click({ delay: 900 });
}

/** Whether the way out can be pressed as the page stands, without scrolling. */
const isInReach = `(() => {
  const button = document.querySelector(".trouble-open");
  const { left, top, width, height } = button.getBoundingClientRect();
  return button.contains(document.elementFromPoint(left + width / 2, top + height / 2));
})()`;

/** What a camera gives: large, and of another kind than is sent. A bitmap of noise, for nothing makes that small. */
function shot(): Buffer {
  const [width, height] = [1_600, 1_200];
  const head = Buffer.alloc(54);
  head.write("BM");
  head.writeUInt32LE(54 + width * height * 3, 2);
  head.writeUInt32LE(54, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(width, 18);
  head.writeInt32LE(height, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(24, 28);
  return Buffer.concat([head, randomBytes(width * height * 3)]);
}

describe("where it is dispatched", () => {
  it("who has what and why is seen, and the customer's window; weights turn the ranking by keyboard alone", async () => {
    const agree = (path: string, body: object) => stage.admin("PUT", `/v1/delivery/channels/${path}?zone=main`, body);
    await agree("own", { fee: 900 });
    await agree("bobs-post", { fee: 300 });
    await agree("weights", { cost: 0, time: 0, quality: 0, turn: 1 });
    await taken();
    const code = await codeOf(phone);
    await phone.getByText(/^With you \d\d:\d\d(?:–\d\d:\d\d)?$/).waitFor();
    const desk = await stage.visit(stage.links.admin, "desk");
    await desk.getByRole("button", { name: "Sign in" }).click();
    await desk.getByRole("heading", { name: "Live board" }).waitFor();
    await desk.goto("/admin/dispatch");
    const rowOf = (table: string, row: RegExp) => desk.getByRole("table", { name: table }).getByRole("row", { name: row }); // prettier-ignore
    const open = rowOf("Open deliveries", new RegExp(code));
    await open.getByText("a driver fetches it").waitFor();
    await open.getByText(/^\d\d:\d\d(?:–\d\d:\d\d)?$/).waitFor();
    await rowOf("Drivers", new RegExp(code)).waitFor();
    await desk.getByRole("img", { name: "Where they are" }).waitFor();
    const best = rowOf("Who brings deliveries", /1\. /);
    await best.getByText("own drivers").waitFor();
    expect(await faultsOf(desk)).toEqual([]);
    expect(await faultsFromTheRight(desk)).toEqual([]);
    await desk.locator("html").evaluate((html) => html.setAttribute("dir", "ltr"));
    await desk.getByLabel("Cost", { exact: true }).focus();
    await desk.keyboard.press("ControlOrMeta+a");
    await desk.keyboard.type("1");
    await desk.keyboard.press("Enter");
    await best.getByText("bobs-post").waitFor();
    // Whatever happens elsewhere is here within a moment.
    await driver.getByRole("button", { name: "I am there" }).click();
    await driver.getByRole("button", { name: "I have the food" }).click();
    await open.getByText("it is on its way").waitFor();
    await driver.getByLabel("The customer’s PIN").fill((await phone.locator(".order-pin .mono").textContent()) ?? "");
    await driver.getByRole("button", { name: "Delivered" }).click();
    await told(phone, "Enjoy your meal");
    await open.waitFor({ state: "detached" });
    await desk.context().close();
    await phone.context().close();
  });
});

describe("a driver's phone", () => {
  it("says what became of a delivery without the driver, also after a reload, until it was read and its food is back", async () => {
    await fetched();
    const code = await codeOf(phone);
    await stage.admin("POST", `/v1/orders/${idOf(phone)}/cancel`, { reason: "staff-cancelled" });
    await driver.getByText(`${code} was cancelled: bring the food back.`).waitFor();
    await driver.reload();
    await driver.getByText(`${code} was cancelled: bring the food back.`).waitFor();
    await driver.getByRole("button", { name: "Got it" }).click();
    await driver.getByText("was cancelled").waitFor({ state: "detached" });
    await hold("It is back");
    await driver.getByText("No delivery yet.").waitFor();
    await phone.context().close();
  });

  it("goes on with the delivery without a connection, and sends what was done when it is back", async () => {
    await taken();
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

  it("hands over with a photo where nobody says the PIN, also one that waits for a connection", async () => {
    await fetched();
    expect(await faultsOf(driver)).toEqual([]);
    expect(await driver.getByRole("link", { name: "Call" }).getAttribute("href")).toBe("tel:+493012345600");
    await driver
      .locator("input[type=file]")
      .setInputFiles({ name: "x.txt", mimeType: "image/png", buffer: Buffer.from("no") });
    await driver.getByText("This photo cannot be read.").waitFor();
    await driver.locator("input[type=file]").setInputFiles({ name: "door.bmp", mimeType: "image/bmp", buffer: shot() });
    await driver.getByRole("img", { name: "The photo that was taken" }).waitFor();
    await driver.context().setOffline(true);
    await driver.getByText("No connection.").waitFor();
    // A thumb that slips does nothing.
    await driver.getByRole("button", { name: "Delivered, as the photo shows" }).click();
    await driver.getByText("press again").first().waitFor();
    expect(await driver.getByText("not sent yet: 1").count()).toBe(0);
    await hold("Delivered, as the photo shows");
    await driver.getByText("Done here and not sent yet: 1").waitFor();

    const sent = driver.waitForResponse((response) => response.url().endsWith("/deliver") && response.ok());
    await driver.context().setOffline(false);
    expect(Buffer.byteLength((await sent).request().postData() ?? "")).toBeLessThan(280_000);
    await told(phone, "Enjoy your meal");
    await driver.getByRole("button", { name: "OK", exact: true }).click();
    await phone.context().close();
  });

  it("brings back what cannot be handed over, and says why", async () => {
    await fetched();
    const outOfIt = driver.getByRole("button", { name: "Something is wrong" });
    await outOfIt.click();
    // The way back closes what is open, and leaves no page in the midst of a delivery.
    await goBackFromSheet(driver);
    await driver.getByRole("dialog").waitFor({ state: "detached" });
    await driver.getByRole("heading", { name: "Go to the customer" }).waitFor();
    // Under the thumb, whatever else there is to read.
    await expect.poll(() => driver.evaluate(isInReach)).toBe(true);
    await outOfIt.click();
    await driver.getByLabel("They will not take it").check();
    await driver.getByLabel("More, for the restaurant").fill("Too cold");
    await hold("Give up this delivery");
    await driver.getByRole("heading", { name: "Bring the food back" }).waitFor();
    expect(await faultsOf(driver)).toEqual([]);
    // The restaurant can be called still.
    expect(await driver.locator('a[href="tel:+493012345600"]').count()).toBe(0);
    expect(await driver.getByRole("button", { name: "End shift" }).count()).toBe(0);
    // Without a thumb to hold with: twice.
    await driver.getByRole("button", { name: "It is back" }).focus();
    await driver.keyboard.press("Enter");
    await driver.getByText("press again").first().waitFor();
    await driver.keyboard.press("Enter");
    await driver.getByText("No delivery yet.").waitFor();
    await driver.getByRole("button", { name: "End shift" }).click();
    await driver.getByRole("button", { name: "Start shift" }).waitFor();
    await phone.context().close();
  });
});
