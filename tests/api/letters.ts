import { expect } from "vitest";
import { factsAsSaid } from "../../contracts/facts-for-tests.ts";
import { operationRoutes as routes } from "../../contracts/operations.ts";
import { buryLetter } from "../../scripts/fuzz/buried-letter.ts";
import type { Harness } from "../harness.ts";
import type { Caller } from "./caller.ts";
import type { Person } from "./installation.ts";

/** A letter from its death to its end, by every route. */
export async function runLetters(caller: Caller, harness: Harness, admin: Person): Promise<void> {
  const order = `ord_${"1".repeat(26)}`;
  const id = await bury(harness, "demo", order);
  const data = { ...factsAsSaid["order.sent"][0], order };
  const { deadLetters } = await caller.well(routes.deadLetters, admin);
  expect(deadLetters.map((letter) => letter.id)).toContain(id);
  await caller.well(routes.deadLetter, admin, { params: { id } });
  expect(await caller.well(routes.dryRun, admin, { params: { id } })).toMatchObject({ outcome: "failing" });
  await caller.well(routes.redrive, admin, { params: { id } });
  expect(await caller.well(routes.redriveMany, admin, { body: { order } })).toEqual({ redriven: 1, next: null });
  const edited = await caller.well(routes.editLetter, admin, { params: { id }, body: { data, reason: "mended" } });
  expect(edited).toMatchObject({ edited: data, envelope: { data: { customer: "Marker" } } });
  expect(await caller.well(routes.dryRun, admin, { params: { id } })).toMatchObject({ outcome: "applied" });
  const dropped = await caller.well(routes.dropLetter, admin, { params: { id }, body: { reason: "a test" } });
  expect(dropped.state).toBe("dropped");
}

/** A dead letter of a fact that was applied long ago; its id as paths give it. */
export async function bury(harness: Harness, tenant: string, order: string): Promise<string> {
  const { DB } = await harness.worker("ordering").getEnv();
  return buryLetter(DB, tenant, order);
}
