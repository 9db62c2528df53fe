import type { Page } from "playwright-core";
import type { Scene } from "./scene.ts";
import type { Screen } from "./screen.ts";

const kitchen = ({ tenant }: Scene): string => `/kitchen?tenant=${tenant}`;

async function tickets(page: Page): Promise<void> {
  await page.locator(".ticket").first().waitFor();
}

const pressed = (button: RegExp) => async (page: Page) => {
  await tickets(page);
  await page.getByRole("button", { name: button }).first().click();
};

/** Opens what a button of the board's head opens. */
const sheet = (button: RegExp) => async (page: Page) => {
  await pressed(button)(page);
  await page.getByRole("dialog").first().waitFor();
};

export const kitchenScreens: readonly Screen[] = [
  {
    name: "kitchen-pairing",
    viewer: "nobody",
    at: kitchen,
    steps: (page) => page.locator(".pairing-code").waitFor(),
  },
  { name: "kitchen-board-empty", viewer: "tablet", at: kitchen, steps: (page) => page.locator("h1").waitFor() },
  {
    name: "kitchen-board-busy",
    viewer: "tablet",
    before: async (scene) => {
      await scene.order("done", { of: ["lemonade", "rice"], name: "Katherine Johnson" });
      await scene.cook("done", "accept");
      await scene.cook("done", "ready");
      await scene.order("begun", { of: ["octopus", "bread", "lemonade"], name: "Margaret Hamilton" });
      await scene.cook("begun", "accept");
      await scene.cook("begun", "start");
      await scene.cook("begun", "bump");
      await scene.order("accepted", { of: ["cakes", "cod"], name: "Radia Perlman" });
      await scene.cook("accepted", "accept");
      await scene.order("fresh", {
        of: ["cod", "bread"],
        name: "Barbara Liskov",
        note: "We are six at the table by the window",
      });
    },
    at: kitchen,
    steps: tickets,
  },
  {
    name: "kitchen-all-day",
    viewer: "tablet",
    at: kitchen,
    steps: async (page) => {
      await tickets(page);
      await page.getByRole("button", { name: "All day" }).click();
      await page.locator(".all-day").waitFor();
    },
  },
  { name: "kitchen-done", viewer: "tablet", at: kitchen, steps: sheet(/^Done/) },
  { name: "kitchen-later", viewer: "tablet", at: kitchen, steps: sheet(/^Later/) },
  { name: "kitchen-sold-out", viewer: "tablet", at: kitchen, steps: sheet(/^Sold out/) },
  { name: "kitchen-pace", viewer: "tablet", at: kitchen, steps: sheet(/^Pace/) },
  {
    name: "kitchen-reject",
    viewer: "tablet",
    at: kitchen,
    steps: async (page) => {
      await tickets(page);
      await page.getByRole("button", { name: "Reject" }).first().click();
      await page.locator(".ticket-reasons").waitFor();
    },
  },
  { name: "kitchen-ticket", viewer: "tablet", at: kitchen, steps: sheet(/^Everything about/) },
  { name: "kitchen-tablet", viewer: "tablet", at: kitchen, steps: sheet(/^This tablet$/) },
  {
    name: "kitchen-board-offline",
    viewer: "tablet",
    at: kitchen,
    cutOff: true,
    steps: async (page) => {
      await page.getByText("No connection.").waitFor();
      await page
        .getByRole("button", { name: /^Accept/ })
        .first()
        .click();
      await page.getByText("Not sent yet").first().waitFor();
    },
  },
];
