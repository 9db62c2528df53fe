import { pick, randomFrom, type Random } from "../simulate/random.ts";
import { randomValue, type Known } from "./random-value.ts";
import type { OpenApi, Route } from "./schema.ts";

/** Who asks: a name for the report, which is the role's, and what stands in the Authorization header; null sends none. */
export interface Asker {
  readonly name: string;
  readonly authorization: string | null;
}

export interface FuzzRequest {
  readonly number: number;
  readonly route: Route;
  readonly as: Asker;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

const upgrade = {
  connection: "upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
};
const oddHeaders: readonly [string, string][] = [
  ["accept", "text/html"], ["accept-encoding", "br;q=1"], ["content-encoding", "gzip"], ["if-match", '"1-x"'], ["if-none-match", "*"],
  ["traceparent", "00-0-0-0"], ["x-comanda-principal", '{"role":"admin"}'], ["x-http-method-override", "DELETE"], ["origin", "null"],
  ["origin", "https://evil.example"], ["range", "bytes=0-1"], ["expect", "100-continue"], ["host-override", "x"], ["x-forwarded-for", "::1"],
]; // prettier-ignore

/** The request of this number: the same seed makes the same one, as far as it knows the same things. */
export function fuzzRequest(
  seed: string,
  number: number,
  routes: readonly Route[],
  document: OpenApi,
  askers: readonly Asker[],
  known: Known,
  scene: Readonly<Record<string, Known>> = {},
): FuzzRequest {
  const random = randomFrom(seed, "request", number);
  // Every route in turn, so that none is left out by chance.
  const route = routes[number % routes.length] ?? pick(routes, random);
  const served = askers.filter(({ name }) => route.served.includes(name));
  const as = pick(served.length > 0 && random() < 0.75 ? served : askers, random);
  const wild = pick([0, 0, 0.02, 0.1, 0.4], random);
  const there = { ...known, ...scene[route.path] };
  const value = (schema: Route["parameters"][number]["schema"], name: string): unknown =>
    randomValue(schema, document, there, random, wild, name);
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const schema = route.parameters.find((one) => one.in === "path" && one.name === name)?.schema ?? {};
    return encodeURIComponent(wellFormed(textOf(value(schema, name))).slice(0, 3_000));
  });
  return {
    number,
    route,
    as,
    path: path + queryOf(route, value, random),
    headers: { ...headersOf(route, as, number, random), ...secretOf(there) },
    body: bodyOf(route, document, there, random, wild),
  };
}

function queryOf(
  route: Route,
  value: (schema: object & Record<string, unknown>, name: string) => unknown,
  random: Random,
): string {
  const asked = route.parameters.filter((one) => one.in === "query" && (one.required === true || random() < 0.4));
  const parts = asked.flatMap(({ name, schema }) => {
    const made = value(schema, name);
    return (Array.isArray(made) ? made : [made]).map((one): [string, string] => [name, textOf(one).slice(0, 3_000)]);
  });
  if (random() < 0.03) parts.push(["price", "1"]);
  const query = new URLSearchParams(parts).toString();
  return query === "" ? "" : `?${query}`;
}

function headersOf(route: Route, { authorization }: Asker, number: number, random: Random): Record<string, string> {
  const keyed = route.parameters.some(({ name }) => name === "idempotency-key");
  return {
    ...(authorization === null ? {} : { authorization }),
    ...(route.body === null || random() < 0.02 ? {} : { "content-type": route.body.type }),
    ...(keyed && random() < 0.97
      ? { "idempotency-key": random() < 0.9 ? `fuzz-${number}` : `again-${number % 50}` }
      : {}),
    ...(route.isSocket && random() < 0.8 ? upgrade : {}),
    ...(random() < 0.1 ? Object.fromEntries([pick(oddHeaders, random)]) : {}),
  };
}

/** What a carrier shows with its callbacks. */
function secretOf(known: Known): Record<string, string> {
  const secret = known["x-carrier-secret"]?.[0];
  return typeof secret === "string" ? { "x-carrier-secret": secret } : {};
}

function bodyOf(route: Route, document: OpenApi, known: Known, random: Random, wild: number): string | undefined {
  if (route.body === null) return undefined;
  const made = randomValue(route.body.schema, document, known, random, wild);
  const text =
    route.body.type === "application/x-www-form-urlencoded"
      ? new URLSearchParams(Object.entries(Object(made)).map(([name, one]) => [name, textOf(one)])).toString()
      : JSON.stringify(made);
  const cut = random();
  if (cut < 0.02) return text.slice(0, Math.floor(random() * text.length));
  if (cut < 0.03) return "[".repeat(20_000);
  return text;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

/** Half a surrogate cannot be written in an address. */
function wellFormed(text: string): string {
  return text.replaceAll(/\p{Cs}/gu, "\ufffd");
}
