import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { z } from "zod";
import { HttpConnection } from "../client/http-connection.ts";
import type { Asker } from "./requests.ts";
import { babble } from "./babble.ts";
import { fuzzRequest, type FuzzRequest } from "./requests.ts";
import type { Known } from "./random-value.ts";
import { OpenApi, routesOf, type Route } from "./schema.ts";
import { faultIn, type FuzzAnswer } from "./verdict.ts";
import { sceneFor } from "./scene.ts";
import { upgradeOnly } from "./upgrade-only.ts";

export interface Target {
  readonly baseUrl: string;
  /** Everybody who asks; a guest of the tenant, its admin, the tablet of `venue` and a driver among them. */
  readonly askers: {
    readonly guest: Asker;
    readonly admin: Asker;
    readonly tablet: Asker;
    readonly phone: Asker;
  } & Readonly<Record<string, Asker>>;
  readonly tenant: string;
  readonly venue: string;
  /** A basket that the venue's menu has, as lines. */
  readonly lines: readonly object[];
}

export interface Found {
  readonly requests: number;
  readonly messages: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** Routes of which no request was served. */
  readonly unserved: readonly string[];
  readonly faults: readonly string[];
}

const lanes = 16;
/** After so many requests most of what was made to be asked about has been used up. */
const sceneLasts = 1_500;
const mostFaults = 20;
/** What would end the run's own means: the tokens it asks with, the venue it orders from. */
const spared = new Set(["POST /v1/oauth/revoke", "POST /v1/oauth/keys/rotate"]);
const Placed = z.object({ id: z.string() });

/** Sends so many random requests, a fourth as many words up the sockets, and looks whether all is well afterwards. */
export async function fuzz(
  target: Target,
  { requests, seed, first = 0 }: { readonly requests: number; readonly seed: string; readonly first?: number },
  progress: (sent: number) => void = () => {},
): Promise<Found> {
  const connection = new HttpConnection(target.baseUrl);
  const listener = await listen();
  const send = async (sent: FuzzRequest): Promise<FuzzAnswer> => {
    const began = performance.now();
    const { path, headers, body, route } = sent;
    const ask = { method: route.method, path, headers: { ...headers } };
    const answer =
      route.isSocket && headers["upgrade"] !== undefined
        ? await upgradeOnly(target.baseUrl, ask)
        : await connection.send(body === undefined ? ask : { ...ask, body });
    return { ...answer, ms: performance.now() - began };
  };
  try {
    const document = OpenApi.parse(
      JSON.parse((await connection.send({ method: "GET", path: "/openapi.json", headers: {} })).text),
    );
    const routes = routesOf(document).filter(({ method, path }) => !spared.has(`${method} ${path}`));
    const known = await knownThings(connection, target);
    let scene = await sceneFor(connection, target.askers, target.venue, listener.url);
    const statuses: Record<string, number> = {};
    const served = new Set<Route>();
    const faults: string[] = [];
    const everybody = Object.values(target.askers);
    let next = first;
    const lane = async (): Promise<void> => {
      while (next < first + requests && faults.length < mostFaults) {
        const number = next++;
        if (number > first && number % sceneLasts === 0)
          scene = await sceneFor(connection, target.askers, target.venue, listener.url);
        const made = fuzzRequest(seed, number, routes, document, everybody, known, scene);
        const answer = await send(made).catch((error: unknown) => String(error));
        const fault = typeof answer === "string" ? answer : faultIn(made, answer);
        if (fault !== null) faults.push(`${fault}: ${story(made, answer)}`);
        if (typeof answer === "string") continue;
        statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
        if (answer.status < 400) served.add(made.route);
        if (made.number % 500 === 499) progress(made.number + 1);
      }
    };
    const messages = Math.ceil(requests / 4);
    const { tablet, phone } = target.askers;
    const [sockets] = await Promise.all([
      babble(target.baseUrl, { tablet, phone, venue: target.venue }, known, { messages, seed }),
      ...Array.from({ length: lanes }, lane),
    ]);
    faults.push(...sockets, ...(await aftermath(connection, target)));
    const unserved = routes.filter((route) => !served.has(route)).map(({ method, path }) => `${method} ${path}`);
    return { requests: next - first, messages, statuses, unserved, faults };
  } finally {
    listener.stop();
    connection.close();
  }
}

/** Somebody on this machine who takes whatever is reported. */
async function listen(): Promise<{ readonly url: string; stop(): void }> {
  const server = createServer((request, response) => request.resume().on("end", () => response.writeHead(204).end()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("nobody can listen on this machine");
  return { url: `http://127.0.0.1:${address.port}/hook`, stop: () => void server.close() };
}

/** Things to ask about: orders, a venue, its menu's keys. */
async function knownThings(connection: HttpConnection, target: Target): Promise<Known> {
  const orders = [`ord_${"0".repeat(26)}`];
  for (let number = 0; number < 12; number += 1) {
    const order = await openOne(connection, target, number % 3 === 0);
    if (order !== null) orders.push(order);
  }
  const { tenant, venue, lines } = target;
  const items = lines.flatMap((line) => ("item" in line ? [line.item] : []));
  return {
    order: orders, orders, id: orders, venue: [venue], venues: [[venue]], tenant: [tenant], zone: ["main"], item: items, key: items, line: ["0", "1"],
    lines: [lines], lat: [52.5, -33.4], lng: [13.4, 151.2], currency: ["EUR"], timeZone: ["Europe/Berlin"], grant_type: ["anonymous"],
    allowedOrigins: [[], ["https://shop.example"]], options: [[]],
    // Nobody listens there: what a run makes up must reach nobody outside.
    url: ["http://127.0.0.1:9/hook"], baseUrl: ["http://127.0.0.1:9"],
    method: ["cash", "card"], phone: ["+4915112345678", null], email: ["a@b.example", null], kind: ["tablet", "driver"],
  }; // prettier-ignore
}

/** An order or a basket; null where the venue takes none, for an admin has changed it at random before. */
async function openOne(
  connection: HttpConnection,
  { askers, venue, lines }: Target,
  basket: boolean,
): Promise<string | null> {
  const headers = {
    authorization: askers.guest.authorization ?? "",
    "content-type": "application/json",
    "idempotency-key": randomUUID(),
  };
  const checkout = { customer: { name: "Fuzz" }, payment: { method: "cash" } };
  const body = JSON.stringify({ venue, fulfilment: "pickup", lines, ...(basket ? {} : { checkout }) });
  const answer = await connection.send({ method: "POST", path: "/v1/orders", headers, body });
  if (answer.status !== 201) return null;
  return Placed.parse(JSON.parse(answer.text)).id;
}

/** Whether the installation still lives: it is well, and the order of somebody new is read. */
async function aftermath(connection: HttpConnection, { askers }: Target): Promise<string[]> {
  const faults: string[] = [];
  const reads = { "/healthz": null, "/openapi.json": null, "/v1/orders": askers.guest, "/v1/audit": askers.admin };
  for (const [path, as] of Object.entries(reads)) {
    const authorization = as?.authorization ?? null;
    const headers: Record<string, string> = authorization === null ? {} : { authorization };
    const { status } = await connection.send({ method: "GET", path, headers });
    if (status !== 200) faults.push(`afterwards ${path} answers ${status}`);
  }
  return faults;
}

function story({ number, route, as, path, body }: FuzzRequest, answer: FuzzAnswer | string): string {
  const told = typeof answer === "string" ? "" : ` → ${answer.status} ${answer.text.slice(0, 300)}`;
  return `request ${number} by ${as.name}: ${route.method} ${path.slice(0, 300)} ${(body ?? "").slice(0, 500)}${told}`;
}
