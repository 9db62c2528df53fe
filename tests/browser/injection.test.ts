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
  await admin.getByText(`Pass ${script}`).first().waitFor();
  await demandWords(admin);
});
