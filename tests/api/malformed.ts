import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { callbackSecretHeader } from "../../contracts/carrier-routes.ts";
import type { People, Person } from "./installation.ts";
import { spoil, type Spoilt } from "./mutations.ts";
import type { OpenApi, Operation } from "./operations.ts";
import { asJson, bearer, problemIn, type Answer, type Wire } from "./wire.ts";
import { basic, callbackSecret } from "./installation.ts";

/** Who may use a route, and of what it may be used. */
export function insider({ policy: { who, about } }: Operation, people: People): Person | "operator" {
  if (who === "operator") return who;
  if (who === "anybody" || who === "carrier") return people.nobody;
  if (about === "order" && who.includes("customer")) return people.guest;
  if (who.includes("admin")) return people.admin;
  return who.includes("driver") ? people.driver : people.guest;
}

/** Places of demo where hostile bodies do no harm to other tests. */
export const ground: Readonly<Record<string, string>> = {
  venue: "spare-1",
  tenant: "demo",
  zone: "playground",
  line: "0",
  endpoint: `end_${"0".repeat(26)}`,
  report: "test_none",
  carrier: "bobs-post",
  channel: "bobs-post",
  version: "1",
};

export function requestOf(operation: Operation, as: Person | "operator", values: Readonly<Record<string, string>>) {
  const { method, path, described, policy } = operation;
  const keyed = described.parameters?.some(({ name }) => name === "idempotency-key") === true;
  const query = operation.key.endsWith("/import") ? "?venue=spare-1" : "";
  return {
    method,
    path: path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "") + query,
    headers: {
      ...(as === "operator" ? basic() : bearer(as.token)),
      ...(policy.body === undefined ? {} : asJson),
      ...(policy.who === "carrier" ? { [callbackSecretHeader]: callbackSecret } : {}),
      ...(keyed ? { "idempotency-key": randomUUID() } : {}),
    },
  };
}

/** Whether the route has a JSON body, and its schema in the document. */
export function bodySchema({ described }: Operation): Readonly<Record<string, unknown>> | undefined {
  return described.requestBody?.content["application/json"]?.schema;
}

/** Sends every spoilt body; each is refused at the place where it is spoilt, or is a body that the contract takes. */
export async function sendSpoilt(
  wire: Wire,
  operation: Operation,
  as: Person | "operator",
  document: OpenApi,
  values: Readonly<Record<string, string>>,
  every: number,
): Promise<number> {
  const schema = bodySchema(operation);
  if (schema === undefined) return 0;
  const all = [...spoil(operation.policy.body, schema, document)];
  // Every so many: the steps of two routes differ, so that together they try everything everywhere.
  const spoilt = all.filter((_, at) => at % every === all.length % every);
  await inLanes(8, spoilt, async (one) => {
    const sent = { ...requestOf(operation, as, values), body: one.text };
    judgeSpoilt(operation, one, await wire.ask(sent));
  });
  return spoilt.length;
}

/** Does the work for each, so many at the same time. Throws what went wrong first. */
export async function inLanes<T>(lanes: number, each: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = each.values();
  const lane = async () => {
    for (const one of left) await work(one);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

function judgeSpoilt({ key, contract }: Operation, { text, pointer, less }: Spoilt, answer: Answer): void {
  if (contract?.body === undefined) return;
  const about = `${key} ${text.slice(0, 500)} spoilt at ${pointer.slice(0, 100)} → ${answer.status} ${answer.text.slice(0, 500)}`;
  const fits = contract.body.safeParse(JSON.parse(text));
  if (fits.success) return expect([400, 401, 403, 413, 415], about).not.toContain(answer.status);
  // What is too large is not read.
  if (answer.status === 413) return;
  expect(answer.status, about).toBe(422);
  const errors = problemIn(answer, about).errors ?? [];
  const place = less === true ? pointer.slice(0, pointer.lastIndexOf("/")) : pointer.slice(0, 200);
  const near = errors.filter((error) => pointer.startsWith(error.pointer) || error.pointer.startsWith(place));
  expect(near.length, about).toBeGreaterThan(0);
}
