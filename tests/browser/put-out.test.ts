import { afterAll, beforeAll, expect, it } from "vitest";
import { onABusyMachine, Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage?.stop());

it(
  "a tablet that an admin removes asks for a new code within seconds, though nobody touches it",
  onABusyMachine,
  async () => {
    const tablet = await stage.visit(stage.links.kitchen, "tablet");
    await stage.letIn(tablet, "Pass", "Tasca da Esquina");
    await tablet.getByRole("heading", { name: "Tasca da Esquina" }).waitFor();
    const admin = await stage.visit(stage.links.admin, "desk");
    await admin.getByRole("button", { name: "Sign in" }).click();
    await admin.getByRole("link", { name: "Tablets and phones" }).click();
    await admin.getByRole("button", { name: "Remove: Pass" }).click();
    const since = performance.now();
    await admin.getByRole("button", { name: "Remove now" }).click();
    await tablet
      .getByRole("heading", { name: "Connect this tablet" })
      .or(tablet.locator(".pairing-code"))
      .first()
      .waitFor();
    expect(performance.now() - since).toBeLessThan(5_000);
    stage.demandSilence();
  },
);
