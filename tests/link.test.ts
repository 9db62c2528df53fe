import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { eventTypeOf, type Envelope } from "../contracts/envelope.ts";
import { freePorts } from "../scripts/ports.ts";
import { startService, type Service } from "../scripts/service.ts";
import { wranglerCommand, wranglerEnv } from "../scripts/wrangler.ts";
import { deadLetters } from "../workers/shared/tables/dead-letters.ts";
import type { Chat, Saying } from "./simulation/chatter.ts";
import { createTable } from "../workers/shared/testing/table.ts";

const folder = mkdtempSync(join(tmpdir(), "comanda-link-"));
let service: Service;
let url: string;

/** Two workers with an actor each and real local queues between them, on state that outlives the process. */
async function start(): Promise<void> {
  const [port = 0, inspector = 0] = await freePorts(2);
  const workers = ["ordering", "kitchen"].flatMap((name) => ["-c", `tests/fixtures/link/${name}/wrangler.toml`]);
  const ports = ["--ip", "127.0.0.1", "--port", String(port), "--inspector-port", String(inspector)];
  const state = ["--persist-to", join(folder, "state"), "--show-interactive-dev-session=false"];
  const command = wranglerCommand(["dev", ...workers, ...ports, ...state]);
  service = startService("link", command, { logFile: join(folder, "log"), env: wranglerEnv(join(folder, "registry")) });
  url = `http://127.0.0.1:${port}`;
  await eventually(() => fetch(url).then((response) => response.ok), true);
}

async function ask<T>(to: string, name: string, method: string, ...given: unknown[]): Promise<T> {
  const response = await fetch(url, { method: "POST", body: JSON.stringify({ to, name, method, given }) });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as T;
}

const say = (name: string, text: string, board = "t/k"): Promise<unknown> =>
  ask("order", name, "command", { type: "say", to: `board/${board}`, text } satisfies Saying, text);
const chatOf = (to: "order" | "board", name: string): Promise<Chat & { outbox: number; alarms: string[] }> =>
  ask(to, name, "chat");
const heard = async (order: string, board = "t/k"): Promise<readonly string[]> =>
  (await chatOf("board", board)).heard[`order/${order}`] ?? [];
const letters = (): Promise<Record<string, unknown>[]> => ask("sql", "SELECT * FROM dead_letters", "chat");

async function eventually<T>(look: () => Promise<T>, expected: T, withinMs = 30_000): Promise<void> {
  const end = Date.now() + withinMs;
  for (;;) {
    try {
      return expect(await look()).toEqual(expected);
    } catch (error) {
      if (Date.now() > end || !service.running())
        throw new Error(`${String(error)}\n${service.tail()}`, { cause: error });
      await sleep(100);
    }
  }
}

/** A fact as the order's outbox would send it. */
function fact(order: string, sequence: number, text: string): Envelope {
  const [from, to] = [`order/${order}`, "board/t/k"] as const;
  return {
    specversion: "1.0",
    id: `${from}>${to}#${sequence}`,
    source: `/tenants/t/orders/${order}`,
    type: eventTypeOf("ticket.started"),
    subject: order,
    time: new Date().toISOString(),
    datacontenttype: "application/json",
    data: { by: text },
    tenant: "t",
    from,
    to,
    sequence,
    correlationid: order,
    causationid: `${from}#${sequence}`,
  };
}

const put = (...facts: Envelope[]): Promise<unknown> => ask("queue", "", "command", { facts, acks: [] });

beforeAll(async () => {
  await start();
  await ask("sql", createTable(deadLetters), "chat");
});

afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

it("carries facts both ways between two workers, in order, and keeps none that is acknowledged", async () => {
  for (const text of ["one", "two", "echo three"]) await say("t/a", text);
  await eventually(() => heard("t/a"), ["one", "two", "echo three"]);
  await eventually(async () => (await chatOf("order", "t/a")).heard, { "board/t/k": ["re: echo three"] });
  await eventually(async () => (await chatOf("order", "t/a")).outbox + (await chatOf("board", "t/k")).outbox, 0);
});

it("hears once what came twice, and in order what came in disorder", async () => {
  await put(fact("t/b", 3, "three"), fact("t/b", 2, "two"));
  await put(fact("t/b", 2, "two"));
  await sleep(300);
  expect(await heard("t/b")).toEqual([]);
  await put(fact("t/b", 1, "one"), fact("t/b", 1, "one"));
  await eventually(() => heard("t/b"), ["one", "two", "three"]);
  await put(fact("t/b", 3, "three"), fact("t/b", 1, "one"), fact("t/b", 4, "four"));
  await eventually(() => heard("t/b"), ["one", "two", "three", "four"]);
});

it("passes over what is no message at all", async () => {
  await ask("queue", "", "command", { hello: "world" });
  await say("t/c", "after the noise");
  await eventually(() => heard("t/c"), ["after the noise"]);
});

it("holds a poisoned stream and no other, keeps its dead letter, and closes it once it is cured", async () => {
  await say("t/d", "poison");
  await say("t/d", "behind it");
  await say("t/e", "meanwhile");
  await eventually(() => heard("t/e"), ["meanwhile"]);
  await eventually(async () => (await letters()).length, 1, 20_000);
  const [letter] = await letters();
  expect(letter).toMatchObject({
    id: "order/t/d>board/t/k#1",
    tenant: "t",
    consumer: "link-kitchen-inbox",
    sender: "order/t/d",
    receiver: "board/t/k",
    sequence: 1,
    error: "Error: choked on poison",
    state: "open",
  });
  expect(letter?.["attempts"]).toBeGreaterThanOrEqual(4);
  expect(Number(letter?.["last_at"]) - Number(letter?.["first_at"])).toBeGreaterThan(6_900);
  expect(letter?.["stack"]).toContain("choked on poison");
  expect(JSON.parse(String(letter?.["envelope"]))).toMatchObject({ data: { by: "poison" }, sequence: 1 });
  expect(await heard("t/d")).toEqual([]);

  await ask("board", "t/k", "stomach", true);
  await eventually(() => heard("t/d"), ["poison", "behind it"], 40_000);
  await eventually(async () => (await letters()).map(({ state }) => state), ["closed"], 10_000);
  await eventually(async () => (await chatOf("order", "t/d")).outbox, 0);
});

it("loses nothing and doubles nothing when the process is killed at work", async () => {
  const spoken = new Map<string, boolean>();
  for (let round = 1; round <= 3; round += 1) {
    const texts = Array.from({ length: 30 }, (_, at) => `round ${round} fact ${at + 1}`);
    const sayings = texts.map((text) =>
      say("t/f", text).then(
        () => spoken.set(text, true),
        () => spoken.set(text, false),
      ),
    );
    await sleep(20 * 3 ** (round - 1));
    // On a busy machine nothing may have been promised so early; in the last round something is.
    if (round === 3) await Promise.race(sayings);
    await service.kill9();
    await Promise.all(sayings);
    await start();
  }
  // Nobody has called the order since: only its alarm, in a process that never knew it, can send what was lost.
  const promised = [...spoken].filter(([, answered]) => answered).map(([text]) => text);
  expect(promised.length).toBeGreaterThan(0);
  await eventually(async () => {
    const so = new Set(await heard("t/f"));
    return promised.filter((text) => !so.has(text));
  }, []);
  for (const text of spoken.keys()) await say("t/f", text);
  const said = (await chatOf("order", "t/f")).said["board/t/k"] ?? [];
  expect(said.toSorted()).toEqual([...spoken.keys()].toSorted());
  await eventually(() => heard("t/f"), said);
  await eventually(async () => (await chatOf("order", "t/f")).outbox, 0);
  await eventually(async () => [...new Set((await chatOf("order", "t/f")).alarms)], ["t/f"]);
});
