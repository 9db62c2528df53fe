import type { DriverView } from "../../contracts/driver.ts";
import type { PendingAction } from "../shared/pending.ts";

/** The driver's view as it will be when what waits to be sent has been taken, as far as that can be told here. */
export function afterPending(driver: DriverView, waiting: readonly PendingAction[]): DriverView {
  return waiting.reduce(afterAction, driver);
}

function afterAction(driver: DriverView, { name, params, body, waited }: PendingAction): DriverView {
  const order = params["id"];
  const toStage = (from: DriverView["tasks"][number]["stage"], to: typeof from): DriverView => ({
    ...driver,
    tasks: driver.tasks.map((task) => (task.order === order && task.stage === from ? { ...task, stage: to } : task)),
  });
  const done = () => ({ ...driver, tasks: driver.tasks.filter((task) => task.order !== order) });
  switch (name) {
    case "arrive":
      return toStage("to-venue", "at-venue");
    case "pickup":
      return toStage("at-venue", "to-customer");
    case "deliver":
      // A PIN may be wrong: who has a connection is told so where it was typed.
      return waited ? done() : driver;
    case "fail":
      if (!waited) return driver;
      return body["returning"] === true ? toStage("to-customer", "returning") : done();
    case "returned":
      return waited ? done() : driver;
    case "decline":
      return { ...done(), offer: driver.offer?.order === order ? null : driver.offer };
    case "shift":
      // Who is off by their own word is so at once: no position leaves a phone on its way home.
      return waited && body["on"] === false ? { ...driver, shift: { status: "off" } } : driver;
    default:
      return driver;
  }
}
