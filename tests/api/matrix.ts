import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { Caller } from "./caller.ts";
import { basic, must, type People, type Person } from "./installation.ts";
import type { Operation } from "./operations.ts";
import { marker, nobodyListens, reaches } from "./policies.ts";
import { asJson, bearer, type Answer } from "./wire.ts";

/** The things of `demo` everybody is asked about, by the names paths give them. */
export interface Things {
  readonly order: string;
  readonly letter: string;
  readonly device: string;
  readonly client: string;
  readonly code: string;
  readonly endpoint: string;
  readonly report: string;
}

const nowhere = {
  order: `ord_${"0".repeat(26)}`,
  delivery: `ord_${"0".repeat(26)}`,
  venue: "no-such-venue",
  sale: "no-such-venue",
  topic: "no-such-venue",
  client: "client_00000000000000000000000000",
  device: "dev_00000000000000000000000000",
  letter: Buffer.from("order/demo/none>board/demo/none#1").toString("base64url"),
  code: "BCDF-GHJK",
  tenant: "no-such-tenant",
  carrier: "no-such-carrier",
  endpoint: `end_${"0".repeat(26)}`,
} as const;

/** One request of the matrix: `there` asks about the thing, otherwise about one that is nowhere. */
export function ask(
  { wire }: Caller,
  { key, method, path, policy, contract, described }: Operation,
  as: Person | "operator",
  things: Things,
  there: boolean,
): Promise<Answer> {
  const { about, body, form } = policy;
  const gone = there || about === null ? null : about;
  const values: Record<string, string> = {
    order: gone === "order" ? nowhere.order : things.order,
    venue: gone === "venue" ? nowhere.venue : "demo-1",
    tenant: gone === "tenant" ? nowhere.tenant : "demo",
    zone: "main",
    endpoint: gone === "endpoint" ? nowhere.endpoint : things.endpoint,
    report: things.report,
    channel: "bobs-post",
    carrier: gone === "carrier" ? nowhere.carrier : "bobs-post",
    line: "0",
    version: "1",
    id: gone === null ? idOf(about, things) : nowhere[gone],
  };
  const query = key.endsWith("/import")
    ? `?venue=${values["venue"]}&dryRun=true`
    : key.endsWith("/figures")
      ? "?from=2026-01-01T00:00:00Z&until=2026-01-02T00:00:00Z"
      : key.endsWith("/statuses")
        ? `?id=${things.order}`
        : "";
  const sale = gone === "sale" ? nowhere.sale : "demo-1";
  const sent =
    about === "sale"
      ? { ...Object(body), venue: sale }
      : about === "topic"
        ? watching(body, gone)
        : about === "code"
          ? decision(body, gone, as, things)
          : body;
  const text = form === true ? new URLSearchParams(Object(sent)).toString() : JSON.stringify(sent);
  const wantsKey = described.parameters?.some(({ name }) => name === "idempotency-key") === true;
  const socket = contract?.socket === true ? upgrade : {};
  return wire.ask({
    method,
    path: path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "") + query,
    headers: {
      ...(as === "operator" ? basic() : bearer(as.token)),
      ...(body === undefined ? {} : form === true ? { "content-type": "application/x-www-form-urlencoded" } : asJson),
      ...(wantsKey ? { "idempotency-key": randomUUID() } : {}),
      ...socket,
    },
    body: body === undefined ? undefined : text,
  });
}

const upgrade = {
  connection: "upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
};

function watching(body: unknown, gone: string | null): object {
  return { ...Object(body), topic: { kind: "venue", venue: gone === null ? "demo-1" : nowhere.topic } };
}

/** Everybody lets devices in at the venues they reach. */
function decision(body: unknown, gone: string | null, as: Person | "operator", things: Things): object {
  const venues = (as === "operator" ? null : as.venues) ?? ["demo-1"];
  const shown = { ...Object(body), user_code: gone === null ? things.code : nowhere.code };
  return "venues" in shown ? { ...shown, venues } : shown;
}

function idOf(about: Operation["policy"]["about"], things: Things): string {
  switch (about) {
    case "letter":
      return things.letter;
    case "device":
      return things.device;
    case "client":
      return things.client;
    case "delivery":
    case "order":
    case "venue":
    case "sale":
    case "topic":
    case "code":
    case "tenant":
    case "endpoint":
    case "carrier":
    case null:
      return things.order;
  }
}

/** What the policy says this person is answered: the statuses that are right, or "served" for all but refusals of access. */
export function rightful(
  { policy: { who, about, whole } }: Operation,
  person: Person,
  there: boolean,
): number[] | "served" {
  const exists = there && reaches(person, about);
  if (who === "operator" || who === "carrier") return [401];
  if (who === "anybody") return there || about === null ? "served" : [404];
  if (person.role === null) return [401];
  if (whole === true && person.venues !== null) return [403];
  // Nobody learns by 403 what exists: it is said whatever the thing, or the thing is theirs.
  if (!who.includes(person.role)) return exists || about === "venue" || about === "sale" ? [403] : [403, 404];
  return exists || about === null ? "served" : [404];
}

export function judge(operation: Operation, person: Person, there: boolean, answer: Answer): void {
  const about = `${operation.key} by ${person.name}${there ? "" : ", of nothing"} → ${answer.status} ${answer.text.slice(0, 400)}`;
  const right = rightful(operation, person, there);
  const barred = operation.policy.perhaps === true ? [401, 403] : [401, 403, 404];
  if (right === "served") expect(barred, about).not.toContain(answer.status);
  else expect(right, about).toContain(answer.status);
  if (person.tenant !== "demo") expect(answer.text, about).not.toMatch(marker);
}

/** An answer without what differs by nature between two requests. */
export function seen({ status, json }: Answer): unknown {
  const { instance: _, ...rest } = Object(json);
  return { status, ...rest };
}

/** Makes what the matrix asks about beside the order and the letter: a client, a tablet at demo-1, one that waits. */
export async function makeThings(caller: Caller, people: People, order: string, letter: string): Promise<Things> {
  const { wire } = caller;
  const admin = bearer(people.admin.token);
  const client = await must(wire, "POST", "/v1/clients", admin, { name: "Marker till", role: "service" });
  const asked = await must(wire, "POST", "/v1/oauth/device_authorization", {}, { tenant: "demo", kind: "tablet" });
  const approval = { user_code: Object(asked.json).user_code, name: "Marker grill", venues: ["demo-1"] };
  const device = await must(wire, "POST", "/v1/devices/approve", admin, approval);
  const waits = await must(wire, "POST", "/v1/oauth/device_authorization", {}, { tenant: "demo", kind: "tablet" });
  const code = String(Object(waits.json).user_code);
  const made = await must(wire, "POST", "/v1/webhooks", admin, { url: nobodyListens, events: ["order.collected"] });
  const endpoint = String(Object(made.json).id);
  const report = String(Object((await must(wire, "POST", `/v1/webhooks/${endpoint}/test`, admin, {})).json).id);
  return {
    order,
    letter,
    code,
    endpoint,
    report,
    client: String(Object(client.json).id),
    device: String(Object(device.json).id),
  };
}
