import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { codeOf, told } from "./guest.ts";
import { Stage } from "./stage.ts";

/** Does something wherever it is taken for markup, an address or a script. */
const script = `"><img src=x onerror="window.hacked=1"><script>window.hacked=1</script>`;
const address = "javascript:window.hacked=1//";
/** A menu takes no markup; what would end an attribute it does take. */
const quoted = `" onmouseover="window.hacked=1" onerror="window.hacked=1`;
const text = (what: string): { en: string } => ({ en: `${what} ${quoted}` });

const venue = { name: `Inn ${script}`, timeZone: "Europe/Berlin", address: `${address} ${script}` };
const menu = {
  comanda: "menu/1",
  currency: "EUR",
  languages: ["en"],
  tax: { inclusive: true, classes: [{ id: "food", name: text("Food"), ratePpm: 70_000 }] },
  categories: [{ id: "all", name: text("All"), items: ["soup"] }],
  items: [
    {
      id: "soup",
      name: text("Soup"),
      description: text("Hot"),
      variations: [{ id: "small", name: text("Small"), price: 400 }],
      groups: ["extras"],
    },
  ],
  groups: [{ id: "extras", name: text("Extras"), maximum: 2, options: [{ id: "egg", name: text("Egg"), price: 100 }] }],
};

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
  await stage.admin("PUT", "/v1/venues/inject-1", venue);
  await stage.admin("PUT", "/v1/venues/inject-1/menu", menu);
});
afterAll(() => stage?.stop());

/** The page shows what it was given as words, and nothing of it has become anything else. */
async function demandWords(page: Page): Promise<void> {
  expect(await page.evaluate("window.hacked")).toBeUndefined();
  expect(await page.locator("img[src=x]").count()).toBe(0);
  expect(await page.locator("a[href^='javascript:' i]").count()).toBe(0);
  expect(await page.locator("body").innerText()).toContain("onerror=");
  stage.demandSilence();
}

it("what is put into every text field is words, on the customer's pages, the tablet's and the admin's", async () => {
  const tablet = await stage.visit(stage.links.kitchen, "tablet");
  await stage.letIn(tablet, `Pass ${script}`, venue.name);
  await tablet.getByRole("heading", { name: venue.name }).waitFor();
  await demandWords(tablet);

  const phone = await stage.visit("/demo/inject-1", "phone");
  await phone.getByRole("button", { name: "Soup" }).click();
  await demandWords(phone);
  const egg = phone.getByLabel(/Egg/);
  await egg.first().click();
  await phone.getByLabel("A wish for the kitchen").fill(script);
  await phone.getByRole("button", { name: /^Add · / }).click();
  await phone.getByRole("button", { name: /^View order/ }).click();
  await demandWords(phone);
  await phone.getByRole("button", { name: "To checkout" }).click();
  await phone.getByLabel("Name").fill(script.slice(0, 80));
  await phone.getByRole("button", { name: /^Order / }).click();
  const code = await codeOf(phone);
  await told(phone, "The kitchen has your order");
  await demandWords(phone);

  await tablet.getByRole("listitem", { name: code }).waitFor();
  await demandWords(tablet);
  await tablet
    .getByRole("listitem", { name: code })
    .getByRole("button", { name: /^Accept/ })
    .click();
  await demandWords(phone);

  const admin = await stage.visit(stage.links.admin, "desk");
  await admin.getByRole("button", { name: "Sign in" }).click();
  await admin.getByRole("link", { name: "Tablets and phones" }).click();
  await admin.getByText(`Pass ${script}`).first().waitFor();
  await demandWords(admin);
});

it("what a guest and a venue put into a delivery is words on the driver's page, before it is taken and after", async () => {
  const here = { permissions: ["geolocation"], geolocation: { latitude: 52.54, longitude: 13.41 } };
  const driver = await stage.visit(stage.links.driver, "phone", here);
  await stage.letIn(driver, `Phone ${script}`);
  await driver.getByLabel("Your name").fill(script.slice(0, 80));
  await driver.getByRole("button", { name: "Start shift" }).click();
  await driver.getByText("position shared").waitFor();
  const id = await ordered({
    venue: "inject-1",
    fulfilment: "delivery",
    lines: [{ item: "soup", variation: "small", quantity: 1, note: script }],
    checkout: {
      customer: { name: script.slice(0, 80), phone: "+4915112345678" },
      payment: { method: "cash" },
      address: { line1: script, line2: address, city: script.slice(0, 80), lat: 52.541, lng: 13.411, note: script },
      note: script,
    },
  });
  const ticket = `/v1/venues/inject-1/kitchen/tickets/${id}`;
  await expect.poll(() => stage.staff("POST", `${ticket}/accept`, { prepMinutes: 0 }).then(() => true, () => false)).toBe(true);
  await driver.getByRole("button", { name: "Take it" }).waitFor();
  await demandWords(driver);
  await driver.getByRole("button", { name: "Take it" }).click();
  await driver.getByRole("heading", { name: "Go to the restaurant" }).waitFor();
  await demandWords(driver);
  await driver.getByRole("button", { name: "I am there" }).click();
  await driver.getByRole("button", { name: "I have the food" }).click();
  await driver.getByRole("heading", { name: "Go to the customer" }).waitFor();
  await demandWords(driver);
  // What leads out of the page leads to a map or a telephone, with the words as a part of it.
  const links = await driver.locator("a[href]").evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? ""));
  expect(links.filter((href) => !/^(?:https?:|tel:|geo:|[/?#])/.test(href))).toEqual([]);
}); // prettier-ignore

/** Orders by the API, as a provider's guest would. The order's id. */
async function ordered(order: object): Promise<string> {
  const { baseUrl } = stage.harness;
  const grant = new URLSearchParams({ grant_type: "anonymous", tenant: "demo" });
  const token = (await (await fetch(`${baseUrl}/v1/oauth/token`, { method: "POST", body: grant })).json()) as { access_token: string };
  const headers = { authorization: `Bearer ${token.access_token}`, "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
  const answer = await fetch(`${baseUrl}/v1/orders`, { method: "POST", headers, body: JSON.stringify(order) });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { id: string }).id;
} // prettier-ignore
