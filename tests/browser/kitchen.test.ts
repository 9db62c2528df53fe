import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { tasca } from "./crew.ts";
import { bread, choose, place, toCheckout, told } from "./guest.ts";
import { Stage } from "./stage.ts";

let stage: Stage;
let tablet: Page;
let other: Page;

beforeAll(async () => {
  stage = await Stage.open();
  [tablet, other] = await Promise.all([
    stage.visit(stage.links.kitchen, "tablet"),
    stage.visit(stage.links.kitchen, "tablet"),
  ]);
  await Promise.all([stage.letIn(tablet, "Pass", tasca), stage.letIn(other, "Stove", tasca)]);
  await Promise.all([tablet, other].map((page) => page.getByRole("heading", { name: tasca }).waitFor()));
});
afterAll(() => stage?.stop());
afterEach(() => stage.demandSilence());

const ticket = (page: Page, code: string): Locator => page.getByRole("listitem", { name: code });
const button = (page: Page, code: string, name: string | RegExp): Locator =>
  ticket(page, code).getByRole("button", { name });

async function order(...dishes: string[]): Promise<{ phone: Page; code: string }> {
  const phone = await stage.visit(stage.links.customer, "phone");
  for (const dish of dishes) await choose(phone, dish);
  await toCheckout(phone);
  const code = await place(phone);
  await told(phone, "The kitchen has your order");
  return { phone, code };
}

/** The venue as everybody else sees it. */
async function house(): Promise<unknown> {
  return (await fetch(`${stage.harness.baseUrl}/v1/venues/demo-1`)).json();
}

describe("a tablet without a connection", () => {
  it("takes what the crew does, says that it is not sent, and tells of each what became of it", async () => {
    const [one, two] = [await order(bread), await order(bread)];
    await tablet.context().setOffline(true);
    await tablet.getByText("No connection.").waitFor();

    await button(tablet, one.code, /^Accept/).click();
    await button(tablet, one.code, bread).click();
    await button(tablet, two.code, /^Accept/).click();
    await ticket(tablet, one.code).getByText("Not sent yet").waitFor();
    await tablet.getByText("Done here and not sent yet: 3").waitFor();
    await button(tablet, one.code, "Ready").click();
    // The other tablet knows nothing of it, and refuses one of the two meanwhile.
    await button(other, two.code, "Reject").click();
    await button(other, two.code, "Too busy").click();
    await ticket(other, two.code).waitFor({ state: "detached" });
    expect(await button(other, one.code, /^Accept/).isVisible()).toBe(true);

    await tablet.context().setOffline(false);
    await told(one.phone, "Ready: come and get it");
    await button(other, one.code, "Handed over").waitFor();
    const outcomes = tablet.locator(".pending-outcomes li");
    await expect.poll(() => outcomes.count()).toBe(4);
    const texts = await outcomes.allInnerTexts();
    expect(texts.filter((text) => text.startsWith(one.code) && text.includes("✓ sent"))).toHaveLength(3);
    expect(texts.filter((text) => text.startsWith(two.code) && text.includes("✕ not taken"))).toHaveLength(1);
    await tablet.getByRole("button", { name: "OK", exact: true }).click();
    await outcomes.first().waitFor({ state: "detached" });

    await button(other, one.code, "Handed over").click();
    await ticket(tablet, one.code).waitFor({ state: "detached" });
    await Promise.all([one, two].map(({ phone }) => phone.context().close()));
  });

  it("keeps what was not sent through a reload", async () => {
    const { phone, code } = await order(bread);
    // The page itself still comes; only what the crew does is lost on the way.
    await tablet.route(/\/v1\/venues\/.*\/tickets\//, (route) => route.abort());
    await button(tablet, code, /^Accept/).click();
    await button(tablet, code, "Start").waitFor();
    await tablet.reload();
    await button(tablet, code, "Start").waitFor();
    await told(phone, "The kitchen has your order");
    await tablet.unroute(/\/v1\/venues\/.*\/tickets\//);
    await told(phone, "The kitchen said yes");
    await button(tablet, code, "Ready").click();
    await button(tablet, code, "Handed over").click();
    await told(phone, "Enjoy your meal");
    await phone.context().close();
  });
});

describe("the crew", () => {
  it("says that a dish is out, and that it is back", async () => {
    const phone = await stage.visit(stage.links.customer, "phone");
    await tablet.getByRole("button", { name: /^Sold out/ }).click();
    const shelf = tablet.getByRole("dialog");
    await shelf.getByLabel("Search").fill("bread");
    await shelf.getByRole("button", { name: bread }).click();
    await shelf.getByRole("button", { name: bread, pressed: true }).waitFor();
    await expect
      .poll(async () => {
        await phone.reload();
        await phone.getByText(bread).first().waitFor();
        return phone.getByText("Sold out").count();
      })
      .toBeGreaterThan(0);
    await shelf.getByRole("button", { name: bread, pressed: true }).click();
    await shelf.getByRole("button", { name: bread, pressed: false }).waitFor();
    await shelf.getByRole("button", { name: "Close" }).click();
    await phone.context().close();
  });

  it("slows the house down, pauses it and takes orders again", async () => {
    await tablet.getByRole("button", { name: "Pace" }).click();
    await tablet.getByRole("button", { name: "+ 20 min" }).click();
    await tablet.getByRole("button", { name: "+ 20 min", pressed: true }).waitFor();
    await tablet.getByRole("button", { name: "Until we say so" }).click();
    await tablet.getByRole("button", { name: "Take orders again" }).click();
    await tablet.getByRole("button", { name: "As usual" }).click();
    await tablet.getByRole("button", { name: "Close" }).click();
    await tablet.getByRole("button", { name: "Pace" }).waitFor();
    await expect.poll(house).toMatchObject({ paused: null, busyMinutes: 0, soldOut: [] });
  });

  it("promises more time than it did", async () => {
    const { phone, code } = await order(bread);
    await button(tablet, code, /^Accept/).click();
    await told(phone, "The kitchen said yes");
    const before = await phone.locator(".order-when").innerText();
    await button(tablet, code, /^Later/).click();
    await expect.poll(() => phone.locator(".order-when").innerText()).not.toBe(before);
    await button(tablet, code, "Ready").click();
    await button(tablet, code, "Handed over").click();
    await told(phone, "Enjoy your meal");
    await phone.context().close();
  });
});
