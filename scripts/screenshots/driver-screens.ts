import type { Page } from "playwright-core";
import { orderRoutes } from "../../contracts/order-routes.ts";
import type { Scene } from "./scene.ts";
import type { Screen } from "./screen.ts";

const driver = ({ tenant }: Scene): string => `/driver?tenant=${tenant}`;
const saying = (text: string | RegExp) => (page: Page) => page.getByText(text).first().waitFor();

export const driverScreens: readonly Screen[] = [
  {
    name: "driver-pairing",
    viewer: "nobody",
    at: driver,
    steps: (page) => page.locator(".pairing-code").waitFor(),
  },
  { name: "driver-off-shift", viewer: "driver", at: driver, steps: (page) => page.getByLabel("Your name").waitFor() },
  {
    name: "driver-idle",
    viewer: "driver",
    before: (scene) => scene.shift(true),
    at: driver,
    steps: (page) => page.locator("main").waitFor(),
  },
  {
    name: "driver-offer",
    viewer: "driver",
    before: async (scene) => {
      await scene.order("delivered", { of: ["octopus", "bread"], name: "Ada Lovelace", delivered: true });
      await scene.cook("delivered", "accept", { prepMinutes: 1 });
    },
    at: driver,
    steps: (page) => page.getByRole("button", { name: "Take it" }).waitFor(),
  },
  {
    name: "driver-to-venue",
    viewer: "driver",
    before: (scene) => scene.drive("delivered", "accept"),
    at: driver,
    steps: saying("I am there"),
  },
  {
    name: "driver-at-venue",
    viewer: "driver",
    before: (scene) => scene.drive("delivered", "arrive"),
    at: driver,
    steps: saying("I have the food"),
  },
  {
    name: "driver-to-customer",
    viewer: "driver",
    before: async (scene) => {
      await scene.cook("delivered", "ready");
      await scene.drive("delivered", "pickup");
    },
    at: driver,
    steps: saying("Delivered"),
  },
  {
    name: "driver-trouble",
    viewer: "driver",
    at: driver,
    steps: (page) =>
      page
        .getByRole("button", { name: /^Something is wrong/ })
        .first()
        .click(),
  },
  {
    name: "customer-order-on-its-way",
    viewer: "guest",
    at: (scene) => `/${scene.tenant}/orders/${scene.id("delivered")}`,
    steps: saying(/On its way/),
    whole: true,
  },
  {
    name: "driver-offline",
    viewer: "driver",
    at: driver,
    cutOff: true,
    steps: saying("No connection."),
  },
  {
    name: "driver-done",
    viewer: "driver",
    before: async (scene) => scene.drive("delivered", "deliver", { pin: await scene.pin("delivered") }),
    at: driver,
    steps: (page) => page.locator("main").waitFor(),
  },
  {
    name: "driver-bring-back",
    viewer: "driver",
    before: async (scene) => {
      await scene.order("called-off", { of: ["bread"], name: "Konrad Zuse", delivered: true });
      await scene.cook("called-off", "accept", { prepMinutes: 1 });
      await scene.drive("called-off", "accept");
      await scene.drive("called-off", "pickup");
      const asked = { params: { order: scene.id("called-off") }, body: { reason: "staff-cancelled" } };
      await scene.well(orderRoutes.cancel, "admin", asked);
    },
    at: driver,
    steps: saying("It is back"),
  },
];
