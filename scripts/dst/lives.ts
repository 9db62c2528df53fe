import { URL } from "node:url";
import { Worker } from "node:worker_threads";
import { live, type Trial } from "./trial.ts";

export interface Seeds {
  readonly first: number;
  readonly seeds: number;
}

/** Lives the days of these seeds one after the other; `onDay` answers whether to go on. */
export async function alone({ first, seeds }: Seeds, tells: boolean, onDay: (trial: Trial) => boolean): Promise<void> {
  for (let seed = first; seed < first + seeds; seed += 1) if (!onDay(await live(seed, tells))) return;
}

/** The same on several threads, in whatever order they come. */
export async function together({ first, seeds }: Seeds, jobs: number, onDay: (trial: Trial) => boolean): Promise<void> {
  const threads = Array.from({ length: jobs }, (_, at) => {
    const workerData = { first: first + at, seeds: seeds - at, step: jobs };
    return new Worker(new URL("./thread.ts", import.meta.url), {
      workerData,
      resourceLimits: { maxYoungGenerationSizeMb: 64 },
    });
  });
  await Promise.all(
    threads.map(
      (thread) =>
        new Promise<void>((resolve, reject) => {
          thread.on("message", (trial: Trial) => {
            if (!onDay(trial)) for (const one of threads) void one.terminate();
          });
          thread.on("error", reject);
          thread.on("exit", () => resolve());
        }),
    ),
  );
}
