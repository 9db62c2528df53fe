import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { HttpConnection } from "../client/http-connection.ts";
import { inParallel } from "./parallel.ts";

const Work = z.object({
  baseUrl: z.string(),
  tokens: z.array(z.string()).min(1),
  body: z.string(),
  perSecond: z.number(),
  parallel: z.int(),
});

/**
 * A thread of its own that places so many orders a second until it is told to stop, and then says how they were
 * answered. As fast as it can, it would slow down whatever else runs on this machine by itself.
 */
const { baseUrl, tokens, body, perSecond, parallel } = Work.parse(workerData);
const connection = new HttpConnection(baseUrl);
const answers: Record<string, number> = {};
let stopped = false;
let next = 0;
const began = performance.now();
parentPort?.once("message", () => (stopped = true));

await inParallel(
  parallel,
  () => !stopped,
  async () => {
    const number = next++;
    const early = began + (number * 1_000) / perSecond - performance.now();
    if (early > 0) await sleep(early);
    const authorization = `Bearer ${tokens[number % tokens.length]}`;
    const headers = { authorization, "content-type": "application/json", "idempotency-key": randomUUID() };
    const answer = await connection.send({ method: "POST", path: "/v1/orders", headers, body }).catch(() => null);
    const status = String(answer?.status ?? "none");
    answers[status] = (answers[status] ?? 0) + 1;
  },
);
connection.close();
parentPort?.postMessage(answers);
