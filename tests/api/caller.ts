/* oxlint-disable vitest/no-standalone-expect -- a helper of the tests, called from inside them */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import type { z } from "zod";
import type { RouteContract } from "../../contracts/route.ts";
import { pathOf } from "../../scripts/client/route-path.ts";
import type { Person } from "./installation.ts";
import { keyOf } from "./operations.ts";
import { asJson, bearer, type Answer, type Wire } from "./wire.ts";

export interface Parts {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string | readonly string[]>;
  readonly body?: unknown;
  readonly key?: string;
  readonly headers?: Record<string, string>;
}

/** Asks by the contracts, and notes which of them have been answered well. */
export class Caller {
  readonly answeredWell = new Set<string>();
  readonly wire: Wire;

  constructor(wire: Wire) {
    this.wire = wire;
  }

  ask(contract: RouteContract, as: Person, { params, query, body, key, headers }: Parts = {}): Promise<Answer> {
    return this.wire.ask({
      method: contract.method,
      path: pathOf(contract.path, params, query),
      headers: {
        ...bearer(as.token),
        ...(contract.idempotent ? { "idempotency-key": key ?? randomUUID() } : {}),
        ...(body === undefined ? {} : asJson),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  }

  /** Asks what has to go well: the status is the contract's, and the body is its shape and nothing more. */
  async well<Contract extends RouteContract>(
    contract: Contract,
    as: Person,
    parts: Parts = {},
  ): Promise<z.output<Contract["response"]>> {
    const key = parts.key ?? randomUUID();
    const answer = await this.ask(contract, as, { ...parts, key });
    const about = `${keyOf(contract)} by ${as.name} → ${answer.text.slice(0, 800)}`;
    expect(answer.status, about).toBe(contract.status);
    this.answeredWell.add(keyOf(contract));
    if (contract.idempotent) await this.#repeats(contract, as, { ...parts, key }, answer);
    if (contract.status === 204) return contract.response.parse({}) as z.output<Contract["response"]>;
    if (contract.media !== undefined) {
      expect(answer.headers["content-type"], about).toBe(contract.media);
      return answer.text as z.output<Contract["response"]>;
    }
    const parsed = contract.response.safeParse(answer.json);
    expect(parsed.error, about).toBeUndefined();
    // What the schema does not name is dropped by the parse: an answer that says more than its contract is noticed here.
    expect(parsed.data, about).toEqual(answer.json);
    return parsed.data as z.output<Contract["response"]>;
  }

  /** The same again is answered the same to the byte; another body under the same key is refused. */
  async #repeats(contract: RouteContract, as: Person, parts: Parts, first: Answer): Promise<void> {
    const about = `${keyOf(contract)} again by ${as.name}`;
    const again = await this.ask(contract, as, parts);
    expect({ status: again.status, text: again.text }, about).toEqual({ status: first.status, text: first.text });
    expect(first.headers["idempotent-replayed"], about).toBeUndefined();
    expect(again.headers["idempotent-replayed"], about).toBe("true");
    const body = changed(contract, parts.body);
    if (body === undefined) return;
    const other = await this.ask(contract, as, { ...parts, body });
    expect(other.json, `${about}: ${JSON.stringify(body)}`).toMatchObject({ type: reused, status: 422 });
  }
}

const reused = "https://comanda.dev/problems/idempotency-key-reused";

/** The body with one value changed so that the contract still takes it; undefined where there is no such value. */
function changed(contract: RouteContract, body: unknown): unknown {
  return variants(body).find((variant) => contract.body?.safeParse(variant).success === true);
}

/** Numbers and flags first: another number is the likeliest to be sold, accepted or promised as well. */
function variants(value: unknown): unknown[] {
  if (typeof value === "number") return [value + 1];
  if (typeof value === "boolean") return [!value];
  if (typeof value === "string") return [`${value}1`];
  if (Array.isArray(value)) return value.flatMap((one, at) => variants(one).map((other) => value.with(at, other)));
  if (typeof value !== "object" || value === null) return [];
  const entries = Object.entries(value).toSorted(
    ([, a], [, b]) => Number(typeof a === "string") - Number(typeof b === "string"),
  );
  return entries.flatMap(([name, one]) => variants(one).map((other) => ({ ...value, [name]: other })));
}

/** The first answer that is not null; facts between services take their time. */
export async function eventually<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  for (const until = Date.now() + 15_000; Date.now() < until;) {
    const found = await look();
    if (found !== null) return found;
    await sleep(50);
  }
  throw new Error(`waited in vain for ${what}`);
}
