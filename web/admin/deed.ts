import { useRef, useState } from "preact/hooks";
import type { Problem } from "../../contracts/problem.ts";
import type { Asked, Reply, RouteTo } from "../shared/api.ts";
import { intend } from "../shared/intent.ts";
import { session } from "./sign-in.ts";

export interface Deed {
  readonly busy: boolean;
  readonly problem: Problem | null;
  /** Does it once, however impatient the finger; null where it was refused, which `problem` then says. */
  run<T>(work: () => Promise<Reply<T>>): Promise<T | null>;
  clear(): void;
}

/** Something one does on a page: whether it is under way, and why it was refused. */
export function useDeed(): Deed {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  // Two clicks may come before the first is drawn.
  const isUnderWay = useRef(false);
  const run = async <T>(work: () => Promise<Reply<T>>): Promise<T | null> => {
    if (isUnderWay.current) return null;
    isUnderWay.current = true;
    setBusy(true);
    setProblem(null);
    const reply = await work();
    isUnderWay.current = false;
    setBusy(false);
    if (reply.ok) return reply.value;
    setProblem(reply.problem);
    return null;
  };
  return { busy, problem, run, clear: () => setProblem(null) };
}

/** Wants something done; null when it is, else why not. */
export async function wanted<T>(route: RouteTo<T>, asked: Asked, then?: (value: T) => void): Promise<Problem | null> {
  const reply = await intend(session, route, asked);
  if (!reply.ok) return reply.problem;
  then?.(reply.value);
  return null;
}
