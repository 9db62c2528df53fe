import type { Page } from "playwright-core";
import { type Scene, venue } from "./scene.ts";
import type { Screen } from "./screen.ts";

const menu = ({ tenant }: Scene): string => `/${tenant}/${venue}`;
const orderPage =
  (name: string) =>
  (scene: Scene): string =>
    `/${scene.tenant}/orders/${scene.id(name)}`;

async function fillBasket(page: Page): Promise<void> {
  for (const dish of ["Bread, olives and sheep’s butter", "Octopus"]) {
    await page.getByRole("button", { name: dish }).first().click();
    await page.getByRole("button", { name: /^Add · / }).click();
  }
}

async function toCheckout(page: Page): Promise<void> {
  await fillBasket(page);
  await page.getByRole("button", { name: /^View order/ }).click();
  await page.getByRole("button", { name: "To checkout" }).click();
}

const waitFor = (text: string | RegExp) => (page: Page) =>
  page.getByRole("heading", { level: 1, name: text }).waitFor();

export const customerScreens: readonly Screen[] = [
  { name: "customer-venues", viewer: "guest", at: ({ tenant }) => `/${tenant}` },
  { name: "customer-menu", viewer: "guest", at: menu },
  {
    name: "customer-menu-search",
    viewer: "guest",
    at: menu,
    steps: (page) => page.getByRole("searchbox").fill("cod"),
  },
  {
    name: "customer-menu-filter",
    viewer: "guest",
    at: menu,
    steps: (page) => page.getByRole("button", { name: "Filter" }).click(),
  },
  {
    name: "customer-appearance",
    viewer: "guest",
    at: menu,
    steps: (page) => page.getByRole("button", { name: "Light and contrast" }).click(),
  },
  {
    name: "customer-menu-paused",
    viewer: "guest",
    before: async (scene) => {
      await scene.soldOut("couvert", true);
      await scene.pause(true);
    },
    at: menu,
  },
  {
    name: "customer-dish",
    viewer: "guest",
    before: async (scene) => {
      await scene.pause(false);
      await scene.soldOut("couvert", false);
    },
    at: menu,
    steps: (page) => page.getByRole("button", { name: "Charcoal chicken" }).click(),
  },
  {
    name: "customer-basket",
    viewer: "guest",
    at: menu,
    steps: async (page) => {
      await fillBasket(page);
      const button = page.getByRole("button", { name: /^View order/ });
      if (await button.isVisible()) await button.click();
    },
  },
  { name: "customer-checkout", viewer: "guest", at: menu, steps: toCheckout, whole: true },
  {
    name: "customer-checkout-delivery",
    viewer: "guest",
    at: menu,
    steps: async (page) => {
      await toCheckout(page);
      await page.getByText("Delivery", { exact: true }).first().click();
    },
    whole: true,
  },
  { name: "customer-nothing", viewer: "guest", at: ({ tenant }) => `/${tenant}/orders/ord_${"0".repeat(26)}` },
  {
    name: "customer-order-waiting",
    viewer: "guest",
    before: (scene) => scene.order("pickup", { of: ["bread", "octopus"], name: "Ada Lovelace" }),
    at: orderPage("pickup"),
    steps: waitFor(/kitchen/),
    whole: true,
  },
  {
    name: "customer-order-accepted",
    viewer: "guest",
    before: (scene) => scene.cook("pickup", "accept"),
    at: orderPage("pickup"),
    steps: waitFor(/said yes/),
    whole: true,
  },
  {
    name: "customer-order-ready",
    viewer: "guest",
    before: (scene) => scene.cook("pickup", "ready"),
    at: orderPage("pickup"),
    steps: waitFor(/Ready/),
    whole: true,
  },
  {
    name: "customer-order-over",
    viewer: "guest",
    before: (scene) => scene.cook("pickup", "handover"),
    at: orderPage("pickup"),
    steps: waitFor(/Enjoy/),
    whole: true,
  },
  {
    name: "customer-order-rejected",
    viewer: "guest",
    before: async (scene) => {
      await scene.order("rejected", { of: ["cod"], name: "Grace Hopper" });
      await scene.cook("rejected", "reject", { reason: "too-busy", detail: "Forty guests have just come in." });
    },
    at: orderPage("rejected"),
    whole: true,
  },
  { name: "customer-receipt", viewer: "guest", at: (scene) => `${orderPage("pickup")(scene)}/receipt`, whole: true },
  { name: "customer-orders", viewer: "guest", at: ({ tenant }) => `/${tenant}/orders` },
];
