import { setTimeout as sleep } from "node:timers/promises";
import type { Part, Stack } from "../stack.ts";
import { type Blow, wordsOf } from "./blows.ts";
import type { Outages } from "./outages.ts";
import type { SandboxProvider } from "./sandbox-provider.ts";

/** A blow that has fallen: when, in milliseconds from the beginning, and until all was up again. */
export interface Struck {
  readonly at: number;
  readonly until: number;
  readonly what: string;
}

export interface Mayhem {
  readonly stack: Stack;
  readonly provider: SandboxProvider;
  readonly outages: Outages;
  /** Ends it early, with everything up. */
  readonly signal: AbortSignal;
  say(line: string): void;
}

/** A start may fall into the port of what has just died; more often than that it is broken. */
const mostStarts = 3;

/** Lets the blows fall at their times, or as soon after as what fell before is over. All is up in the end. */
export async function wreak(mayhem: Mayhem, blows: readonly Blow[]): Promise<Struck[]> {
  const began = performance.now();
  const struck: Struck[] = [];
  const track = async (kind: Blow["kind"]) => {
    for (const blow of blows.filter((one) => one.kind === kind)) {
      await pause(blow.at - (performance.now() - began), mayhem.signal);
      if (mayhem.signal.aborted) return;
      const at = performance.now() - began;
      const what = wordsOf(blow);
      mayhem.say(what);
      await strike(mayhem, blow);
      struck.push({ at: Math.round(at), until: Math.round(performance.now() - began), what });
    }
  };
  await Promise.all([track("kill"), track("fault")]);
  return struck.toSorted((a, b) => a.at - b.at);
}

async function strike(mayhem: Mayhem, blow: Blow): Promise<void> {
  switch (blow.kind) {
    case "fault":
      await mayhem.provider.misbehave(blow.fault);
      await pause(blow.lasts, mayhem.signal);
      return mayhem.provider.behave();
    case "kill":
      return kill(mayhem, blow);
  }
}

async function kill({ stack, outages }: Mayhem, blow: Extract<Blow, { kind: "kill" }>): Promise<void> {
  const product = blow.parts.includes("product");
  if (product) outages.begin();
  const each = (act: (part: Part) => Promise<unknown>) => Promise.all(blow.parts.map(act));
  await each((part) => stack.kill9(part));
  await sleep(blow.deadFor);
  if (blow.againAfter !== null) {
    // It dies while it starts, or just after: either way it is started anew below.
    const starting = each((part) => stack.restart(part).catch(() => undefined));
    await sleep(blow.againAfter);
    await each((part) => stack.kill9(part));
    await starting;
    await each((part) => stack.kill9(part));
  }
  await each((part) => start(stack, part));
  if (product) outages.end();
}

async function start(stack: Stack, part: Part): Promise<void> {
  for (let starts = 1; ; starts += 1) {
    try {
      return await stack.restart(part);
    } catch (error) {
      await stack.kill9(part);
      if (starts === mostStarts) throw new Error(`The ${part} does not start on its state again.`, { cause: error });
    }
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await sleep(ms, undefined, { signal }).catch(() => undefined);
}
