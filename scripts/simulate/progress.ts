import type { Run } from "./run.ts";
import type { World } from "./world.ts";

/** Says once a second how far it is: one line on a terminal, a line every ten seconds elsewhere. Returns what stops it. */
export function showProgress(world: World, going: Run, planned: number): () => void {
  const began = performance.now();
  const terminal = process.stderr.isTTY;
  let ticks = 0;
  const say = () => {
    const { placed } = going.placings;
    const ended = world.journal.all.filter((order) => order.ended).length;
    const place = world.latencies.summary()["place"];
    const seconds = Math.round((performance.now() - began) / 1000);
    const parts = [
      `${seconds} s`,
      `${placed} of ${planned} placed`,
      `${ended} ended`,
      `${placed - ended} open`,
      `place p50 ${place?.p50 ?? 0} ms`,
    ];
    const broken = world.findings.count === 0 ? [] : [`${world.findings.count} broken`];
    return [...parts, ...broken].join(" · ");
  };
  const timer = setInterval(() => {
    ticks += 1;
    if (terminal) process.stderr.write(`\r\u001b[K${say()}`);
    else if (ticks % 10 === 0) process.stderr.write(`${say()}\n`);
  }, 1_000);
  return () => {
    clearInterval(timer);
    process.stderr.write(`${terminal ? "\r\u001b[K" : ""}${say()}\n`);
  };
}
