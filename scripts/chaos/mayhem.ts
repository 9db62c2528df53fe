import { setTimeout as sleep } from "node:timers/promises";
import type { Part, Stack } from "../stack.ts";
import { type Blow, wordsOf } from "./blows.ts";
import type { Outages } from "./outages.ts";
import { processesNamed } from "../service.ts";
import type { Sandbox } from "./sandbox.ts";

/** A blow that has fallen: when, in milliseconds from the beginning, and until all was up again. */
export interface Struck {
  readonly at: number;
  readonly until: number;
  readonly what: string;
}

export interface Mayhem {
  readonly stack: Stack;
  readonly sandbox: Sandbox;
  readonly outages: Outages;
  /** Ends it early, with everything up. */
  readonly signal: AbortSignal;
  say(line: string): void;
}

/** A start may fall into the port of what has just died; more often than that it is broken. */
const mostStarts = 3;
/** A runtime that was killed alone answers again by then, or never. */
const revivesWithinMs = 15_000;

/** Lets the blows fall at their times, or as soon after as what fell before is over. All is up in the end. */
export async function wreak(mayhem: Mayhem, blows: readonly Blow[]): Promise<Struck[]> {
  const began = performance.now();
  const struck: Struck[] = [];
  const track = async (ofTrack: (kind: Blow["kind"]) => boolean) => {
    for (const blow of blows.filter(({ kind }) => ofTrack(kind))) {
      await pause(blow.at - (performance.now() - began), mayhem.signal);
      if (mayhem.signal.aborted) return;
      const at = performance.now() - began;
      const what = wordsOf(blow);
      mayhem.say(what);
      await strike(mayhem, blow);
      struck.push({ at: Math.round(at), until: Math.round(performance.now() - began), what });
    }
  };
  await Promise.all([track((kind) => kind !== "fault"), track((kind) => kind === "fault")]);
  return struck.toSorted((a, b) => a.at - b.at);
}

async function strike(mayhem: Mayhem, blow: Blow): Promise<void> {
  switch (blow.kind) {
    case "fault":
      await mayhem.sandbox.misbehave(blow.peer, blow.fault);
      await pause(blow.lasts, mayhem.signal);
      return mayhem.sandbox.behave();
    case "lone":
      return killAlone(mayhem, blow.part);
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

/** What starts a runtime may start another in its place; where none answers soon, all of the part is started anew. */
async function killAlone({ stack, outages }: Mayhem, part: Part): Promise<void> {
  if (part === "product") outages.begin();
  for (const pid of processesNamed("workerd", stack.pids[part])) process.kill(pid, "SIGKILL");
  if (!(await answersSteadily(part === "product" ? `${stack.baseUrl}/healthz` : stack.sandboxUrl))) {
    await stack.kill9(part);
    await start(stack, part);
  }
  if (part === "product") outages.end();
}

async function answersSteadily(url: string): Promise<boolean> {
  const until = performance.now() + revivesWithinMs;
  for (let answers = 0; performance.now() < until; await sleep(500)) {
    const answered = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      ({ status }) => status < 500,
      () => false,
    );
    answers = answered ? answers + 1 : 0;
    if (answers === 4) return true;
  }
  return false;
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
