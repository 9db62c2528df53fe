import { sql } from "drizzle-orm";
import type { Ailment, Vitals } from "../../contracts/metrics.ts";
import { dbFor } from "./database.ts";
import { log } from "./log.ts";
import { troubleOf } from "./trouble.ts";
import { within } from "./within.ts";

/** Looks at one part of the installation; a throw means it is ill. */
export interface Check {
  readonly part: string;
  /** What is said of it when it is ill. The error itself goes to the log, for it may name what nobody outside should know. */
  readonly ill: string;
  readonly look: () => Promise<unknown>;
}

const patienceMs = 2_000;

/** What is wrong, each check for itself and all at the same time. */
export async function examine(checks: readonly Check[]): Promise<Ailment[]> {
  const looks = checks.map(async ({ part, ill, look }): Promise<Ailment[]> => {
    try {
      await within(patienceMs, look());
      return [];
    } catch (error) {
      log.error("ill", { part, ...troubleOf(error) });
      return [{ pointer: `/${part}`, detail: ill }];
    }
  });
  return (await Promise.all(looks)).flat();
}

/** D1 answers, and has been migrated. */
export function databaseCheck(db: D1Database): Check {
  return {
    part: "database",
    ill: "The database does not answer, or its migrations are missing.",
    look: () => dbFor({ DB: db }, "installation").run(sql`select 1 from tallies limit 1`),
  };
}

/** Every queue the worker sends to is bound; a message is not sent, for it would be paid for. */
export function queuesCheck(queues: Readonly<Record<string, Queue | undefined>>): Check {
  const missing = (): string[] => Object.keys(queues).filter((name) => typeof queues[name]?.send !== "function");
  return {
    part: "queues",
    ill: "A queue is not bound.",
    look: async () => {
      if (missing().length > 0) throw new Error(`not bound: ${missing().join(", ")}`);
    },
  };
}

/** One object of each class answers. It never was, and is not made by being asked. */
export function objectsCheck(namespaces: readonly { getByName(name: string): { vitals(): Promise<Vitals> } }[]): Check {
  return {
    part: "objects",
    ill: "The Durable Objects do not answer.",
    look: () => Promise.all(namespaces.map((objects) => objects.getByName("health/check").vitals())),
  };
}
