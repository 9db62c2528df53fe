import { expect } from "vitest";
import type { Envelope } from "../../contracts/events.ts";
import { factsAsSaid } from "../../contracts/facts-for-tests.ts";
import { operationRoutes as routes } from "../../contracts/operations.ts";
import type { Harness } from "../harness.ts";
import type { Caller } from "./caller.ts";
import type { Person } from "./installation.ts";

/** A letter from its death to its end, by every route. */
export async function runLetters(caller: Caller, harness: Harness, admin: Person): Promise<void> {
  const order = `ord_${"1".repeat(26)}`;
  const id = await bury(harness, "demo", order);
  const [data] = factsAsSaid["order.sent"];
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

/** Puts a dead letter of a fact that was applied long ago where the operator finds it. Its id as paths give it. */
export async function bury(harness: Harness, tenant: string, order: string): Promise<string> {
  const { DB } = await harness.worker("ordering").getEnv();
  const [from, to] = [`order/${tenant}/${order}`, `board/${tenant}/demo-1`] as const;
  const id = `${from}>${to}#1`;
  const envelope: Envelope = {
    specversion: "1.0", id, source: `/tenants/${tenant}/orders/${order}`, type: "comanda.order.sent.v1", subject: order,
    time: new Date(0).toISOString(), datacontenttype: "application/json", data: { customer: "Marker" }, tenant, from, to,
    sequence: 1, correlationid: order, causationid: `${from}#1`,
  }; // prettier-ignore
  const columns = {
    id, tenant, consumer: "kitchen-inbox", sender: from, receiver: to, sequence: 1, type: envelope.type, order,
    envelope: JSON.stringify(envelope), error: "Error: Marker", stack: "", attempts: 4, first_at: 1, last_at: 1, state: "open",
  }; // prettier-ignore
  const names = Object.keys(columns).map((name) => `"${name}"`);
  const marks = names.map(() => "?").join(", ");
  await DB.prepare(`insert into dead_letters (${names.join(", ")}) values (${marks})`)
    .bind(...Object.values(columns))
    .run();
  return Buffer.from(id).toString("base64url");
}
