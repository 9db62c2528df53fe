import type { Page } from "playwright-core";
import type { Stage } from "./stage.ts";

export const tasca = "Tasca da Esquina";

/** A restaurant's tablet and a driver's phone, both let in. */
export async function crewOf(stage: Stage): Promise<{ tablet: Page; driver: Page }> {
  const here = { latitude: 52.5401, longitude: 13.4102 };
  const [tablet, driver] = await Promise.all([
    stage.visit(stage.links.kitchen, "tablet"),
    stage.visit(stage.links.driver, "phone", { permissions: ["geolocation"], geolocation: here }),
  ]);
  await Promise.all([stage.letIn(tablet, "Pass", tasca), stage.letIn(driver, "Dara’s phone")]);
  await tablet.getByRole("heading", { name: tasca }).waitFor();
  return { tablet, driver };
}

export async function beginShift(driver: Page): Promise<void> {
  await driver.getByLabel("Your name").fill("Dara");
  await driver.getByRole("button", { name: "Start shift" }).click();
  await driver.getByText("position shared").waitFor();
}

/** Hands a ticket over and does not wait until nobody could think better of it. */
export async function handOver(tablet: Page, code: string): Promise<void> {
  await tablet.getByRole("listitem", { name: code }).getByRole("button", { name: "Handed over" }).click();
  await tablet.getByRole("button", { name: "Send now" }).click();
}
