import { expect } from "vitest";
import { z } from "zod";
import { textsOf } from "../../workers/shared/routes.ts";
import type { Operation } from "./operations.ts";
import { problemIn, type Answer } from "./wire.ts";

/** What somebody might put where a number, a time or an id belongs in an address; as it goes over the wire. */
export const nastyTexts = [
  "", "-1", "0", "1.5", "1e9", "99999999999999999999", "NaN", "null", "undefined", "true", "[]", "__proto__", "constructor", "%00", "%ff",
  "%", "%zz", "%c0%ae", "..%2f..", "%2e%2e", "a%20b", "%E2%80%AE", "%F0%9F%8D%95", "'%20OR%20'1'='1", "%3Cscript%3E", "*", "%25",
  "ORD_00000000000000000000000000", "2026-02-30T00:00:00Z", "x".repeat(3_000),
] as const; // prettier-ignore

/** Addresses of a route with one part of its path spoilt. */
export function* spoiltPaths({ path }: Operation, values: Readonly<Record<string, string>>): Generator<SpoiltPath> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  for (const spoilt of names) {
    for (const text of nastyTexts) {
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
        name === spoilt ? text : (values[name] ?? ""),
      );
      yield { path: filled, values: { ...values, [spoilt]: decoded(text) } };
    }
  }
}

interface SpoiltPath {
  readonly path: string;
  readonly values: Readonly<Record<string, string>>;
}

/** What cannot name anything is not there; what could is answered as usual. */
export function judgePath({ key, contract }: Operation, { path, values }: SpoiltPath, answer: Answer): void {
  const params = contract?.params;
  if (params === undefined) return;
  const named = Object.fromEntries(Object.keys(params.shape).map((name) => [name, values[name] ?? ""]));
  if (params.safeParse(named).success) return;
  // An empty or dotted part makes another address, which may be that of another route.
  expect([404, 405], `${key} at ${path.slice(0, 200)} → ${answer.status} ${answer.text.slice(0, 300)}`).toContain(
    answer.status,
  );
}

/** Queries with one parameter spoilt, given twice, or unknown. */
export function spoiltQueries({ described }: Operation): string[] {
  const names = (described.parameters ?? []).filter((one) => one.in === "query").map(({ name }) => name);
  const spoilt = names.flatMap((name) => nastyTexts.map((text) => `${name}=${text}`));
  return [
    ...spoilt,
    ...names.map((name) => `${name}=1&${name}=2`),
    "price=1",
    "__proto__=1",
    "&&==&%=%",
    `q=${"x".repeat(3_000)}`,
  ];
}

/** A query that the contract does not take is refused with a pointer to what is wrong in it. */
export function judgeQuery({ key, contract }: Operation, query: string, answer: Answer): void {
  const about = `${key}?${query.slice(0, 200)} → ${answer.status} ${answer.text.slice(0, 300)}`;
  if (contract === null) return;
  const schema = contract.query ?? z.strictObject({});
  const parsed = schema.safeParse(textsOf(new URLSearchParams(query)));
  // A value may be refused for what is known behind the route, a parameter may not.
  if (parsed.success) return expect(answer.status, about).not.toBe(400);
  const isUnknown = parsed.error.issues.some(({ code }) => code === "unrecognized_keys");
  expect(answer.status, about).toBe(isUnknown ? 400 : 422);
  const pointers = (problemIn(answer, about).errors ?? []).map(({ pointer }) => pointer);
  expect(pointers.length, about).toBeGreaterThan(0);
  for (const pointer of pointers) expect(pointer, about).toMatch(/^\/query(\/|$)/);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
