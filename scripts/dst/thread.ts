import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import "./in-node.ts";

const { live } = await import("./trial.ts");
const { first, seeds, step } = z.object({ first: z.int(), seeds: z.number(), step: z.int() }).parse(workerData);

// Every so many-th seed; the thread is ended from outside when there was enough.
for (let seed = first; seed < first + seeds; seed += step) parentPort?.postMessage(await live(seed));
