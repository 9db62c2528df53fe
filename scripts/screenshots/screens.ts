import { adminScreens } from "./admin-screens.ts";
import { customerScreens } from "./customer-screens.ts";
import { driverScreens } from "./driver-screens.ts";
import { kitchenScreens } from "./kitchen-screens.ts";
import type { Screen } from "./screen.ts";

/** Every screen, in the order in which the demo's day goes on. Whoever makes a screen adds its line. */
export const screens: readonly Screen[] = [
  { name: "door", viewer: "nobody", at: ({ tenant }) => `/?tenant=${tenant}` },
  { name: "door-unknown", viewer: "nobody", at: () => "/" },
  { name: "nothing-here", viewer: "nobody", at: () => "/demo/nothing/at/all" },
  ...customerScreens,
  ...kitchenScreens,
  ...driverScreens,
  ...adminScreens,
];
