import type { Part } from "../stack.ts";
import { pick, type Random, randomFrom, within } from "../simulate/random.ts";

/** Who of the outside world misbehaves. */
export type Peer = "provider" | "mail" | "carrier" | "push";

/** How somebody outside misbehaves; the words are the sandbox's own (`PUT /faults`). */
export interface PeerFault {
  readonly seed: number;
  readonly errorRate?: number;
  readonly timeoutRate?: number;
  readonly timeoutMs?: number;
  readonly loseAnswerRate?: number;
  readonly latencyMs?: readonly [number, number];
}

/** A blow and when it falls. Times in milliseconds, `at` from the beginning. */
export type Blow =
  | {
      readonly kind: "kill";
      readonly at: number;
      readonly parts: readonly Part[];
      /** From the death to the new start. */
      readonly deadFor: number;
      /** From the new start to the next death, which may find it still starting; null: it is left alive. */
      readonly againAfter: number | null;
    }
  /** The runtimes of one part die, and the process that started them lives on. */
  | { readonly kind: "lone"; readonly at: number; readonly part: Part }
  | {
      readonly kind: "fault";
      readonly at: number;
      readonly lasts: number;
      readonly peer: Peer;
      readonly fault: PeerFault;
    };

/**
 * The blows of a run, in the order of their times: so many kills, every fifth of a runtime alone, and for every third
 * somebody outside who misbehaves: mostly the provider.
 */
export function blowsFrom(seed: string, spanMs: number, kills: number): Blow[] {
  const random = randomFrom(seed, "blows");
  // Not before anybody has ordered.
  const moment = () => within({ from: Math.min(3_000, spanMs / 10), to: spanMs }, random);
  const lone = Math.floor(kills / 5);
  const deaths = Array.from({ length: kills - lone }, (): Blow => kill(moment(), random));
  const parts: readonly Part[] = ["product", "product", "sandbox"];
  const alone = Array.from({ length: lone }, (): Blow => ({ kind: "lone", at: moment(), part: pick(parts, random) }));
  const faults = Array.from({ length: Math.ceil(kills / 3) }, (): Blow => {
    const lasts = within({ from: 3_000, to: 15_000 }, random);
    const peer = pick<Peer>(["provider", "provider", "mail", "carrier", "push"], random);
    return { kind: "fault", at: moment(), lasts, peer, fault: faultFrom(random) };
  });
  return [...deaths, ...alone, ...faults].toSorted((a, b) => a.at - b.at);
}

function kill(at: number, random: Random): Blow {
  const parts = pick<readonly Part[]>(
    [["product"], ["product"], ["product"], ["sandbox"], ["product", "sandbox"]],
    random,
  );
  const deadFor = within({ from: 0, to: 2_500 }, random);
  const again = random() < 0.3;
  const againAfter = within({ from: 300, to: 8_000 }, random);
  return { kind: "kill", at, parts, deadFor, againAfter: again ? againAfter : null };
}

function faultFrom(random: Random): PeerFault {
  const seed = Math.floor(random() * 1_000_000);
  const rate = within({ from: 0.3, to: 1 }, random);
  // Longer than the product waits for an answer.
  const silence = { timeoutRate: rate / 2, timeoutMs: 12_000 };
  return {
    seed,
    ...pick<Omit<PeerFault, "seed">>(
      [
        { errorRate: rate },
        { loseAnswerRate: rate },
        silence,
        { latencyMs: [200, 3_000] },
        { errorRate: rate / 3, loseAnswerRate: rate / 3, timeoutRate: rate / 3, timeoutMs: 12_000 },
      ],
      random,
    ),
  };
}

/** A blow in words. */
export function wordsOf(blow: Blow): string {
  switch (blow.kind) {
    case "kill": {
      const again = blow.againAfter === null ? "" : `, and again ${seconds(blow.againAfter)} after its new start`;
      return `killed ${blow.parts.join(" and ")}, dead for ${seconds(blow.deadFor)}${again}`;
    }
    case "lone":
      return `killed the runtime of the ${blow.part} alone`;
    case "fault": {
      const { seed: _, ...how } = blow.fault;
      return `for ${seconds(blow.lasts)} the ${blow.peer} misbehaves: ${JSON.stringify(how)}`;
    }
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
