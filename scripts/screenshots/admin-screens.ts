import type { Scene } from "./scene.ts";
import type { Screen } from "./screen.ts";

/** The admin's pages that need nothing but to be opened. */
const paths = [
  "",
  "/orders",
  "/phone-order",
  "/figures",
  "/menu",
  "/stock",
  "/devices",
  "/staff",
  "/settings",
  "/house",
  "/webhooks",
  "/carriers",
  "/dead-letters",
  "/audit",
];

const titled: Pick<Screen, "viewer" | "whole" | "steps"> = {
  viewer: "admin",
  whole: true,
  steps: (page) => page.locator("h1").first().waitFor(),
};

export const adminScreens: readonly Screen[] = [
  { name: "admin-sign-in", viewer: "nobody", at: () => "/admin" },
  ...paths.map((path): Screen => ({ ...titled, name: `admin${path.replace("/", "-")}`, at: () => `/admin${path}` })),
  { ...titled, name: "admin-order", at: (scene: Scene) => `/admin/orders/${scene.id("delivered")}` },
  { ...titled, name: "admin-order-open", at: (scene: Scene) => `/admin/orders/${scene.id("begun")}` },
  { ...titled, name: "admin-menu-of-one", at: () => "/admin/menu?venue=demo-1" },
  { ...titled, name: "admin-stock-of-one", at: () => "/admin/stock?venue=demo-1" },
  {
    ...titled,
    name: "admin-menu-dish",
    at: () => "/admin/menu",
    steps: async (page) => {
      await page.locator(".menu-tree li a").first().click();
      await page.locator(".menu-form").waitFor();
    },
  },
  {
    ...titled,
    name: "admin-menu-import-tried",
    at: () => "/admin/menu?view=import",
    steps: async (page) => {
      await page.getByLabel("Or paste what is in it").fill("name,price\nSoup of the day,6.50\nBread,free");
      await page.getByRole("button", { name: "Try it, without publishing" }).click();
      await page.locator(".differences").waitFor();
    },
  },
  { ...titled, name: "admin-menu-versions", at: () => "/admin/menu?view=versions" },
  {
    ...titled,
    name: "admin-stock-change",
    at: () => "/admin/stock",
    steps: async (page) => {
      await page
        .getByRole("button", { name: /^Change/ })
        .first()
        .click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { ...titled, name: "admin-carrier", at: () => "/admin/carriers/bobs-post" },
  { ...titled, name: "admin-nothing", at: () => "/admin/nothing" },
];
