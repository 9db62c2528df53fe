import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import { z } from "zod";
import { PhoneMessage } from "../../contracts/driver.ts";
import { TabletMessage } from "../../contracts/kitchen.ts";
import { pick, randomFrom, type Random } from "../simulate/random.ts";
import { randomValue, type Known } from "./random-value.ts";
import type { Asker } from "./requests.ts";
import type { Json } from "./schema.ts";

/** A socket that listens: where it is, who may, and what it takes. */
interface Ear {
  readonly path: string;
  readonly as: Asker;
  readonly schema: Json;
}

const none = { paths: {}, components: { schemas: {} } };
const rubbish = [
  "",
  " ",
  "{",
  "null",
  "[]",
  "PING",
  "[".repeat(9_000),
  '{"type":"seen"}',
  "\u0000",
  "x".repeat(17_000),
];
/** What an object may close a socket with for what it was told. */
const fair = new Set([1000, 1003, 1005, 1006, 1007, 1009, 4401, 4429]);

/** Says so many things up the kitchen's and the drivers' sockets; gives back what was wrong, in words. */
export async function babble(
  baseUrl: string,
  ears: { readonly tablet: Asker; readonly phone: Asker; readonly venue: string },
  known: Known,
  { messages, seed }: { readonly messages: number; readonly seed: string },
): Promise<string[]> {
  const both: Ear[] = [
    { path: `/v1/venues/${ears.venue}/kitchen/live`, as: ears.tablet, schema: z.toJSONSchema(TabletMessage) },
    { path: "/v1/drivers/me/live", as: ears.phone, schema: z.toJSONSchema(PhoneMessage) },
  ];
  const faults = await Promise.all(
    both.map((ear) => babbleInto(baseUrl, ear, known, messages / 2, randomFrom(seed, ear.path))),
  );
  return faults.flat();
}

async function babbleInto(
  baseUrl: string,
  ear: Ear,
  known: Known,
  messages: number,
  random: Random,
): Promise<string[]> {
  const faults: string[] = [];
  let socket = await connect(baseUrl, ear);
  let closed: number | null = null;
  const watch = (): void => void socket.once("close", (code) => (closed = code));
  watch();
  for (let said = 0; said < messages; said += 1) {
    if (closed !== null || socket.readyState !== WebSocket.OPEN) {
      if (closed !== null && !fair.has(closed)) faults.push(`${ear.path} was closed with ${closed}`);
      closed = null;
      socket = await connect(baseUrl, ear);
      watch();
    }
    socket.send(wordFor(ear, known, random));
    // As fast as it is taken, and no faster: what is on its way fills the sender's memory, not the listener's.
    if (said % 50 === 49) await sleep(5);
  }
  socket.terminate();
  const last = await connect(baseUrl, ear);
  if (!(await answersPing(last))) faults.push(`${ear.path} does not answer any more`);
  last.close();
  return faults;
}

function wordFor({ schema }: Ear, known: Known, random: Random): string | Uint8Array {
  const chance = random();
  if (chance < 0.1) return pick(rubbish, random);
  if (chance < 0.13) return new Uint8Array(Math.floor(random() * 2_000));
  if (chance < 0.2) return "ping";
  return JSON.stringify(randomValue(schema, none, known, random, pick([0, 0.05, 0.4], random)));
}

async function connect(baseUrl: string, { path, as }: Ear): Promise<WebSocket> {
  const headers = as.authorization === null ? {} : { authorization: as.authorization };
  const socket = new WebSocket(baseUrl.replace("http", "ws") + path, { headers });
  socket.on("error", () => {});
  await new Promise<void>((resolve, reject) => {
    socket.once("open", () => resolve());
    socket.once("unexpected-response", (_, { statusCode }) => reject(new Error(`${path} answered ${statusCode}`)));
  });
  return socket;
}

function answersPing(socket: WebSocket): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), 10_000);
    socket.on("message", (data: Buffer) => {
      if (data.toString() !== "pong") return;
      clearTimeout(timer);
      resolve(true);
    });
    socket.send("ping");
  });
}
