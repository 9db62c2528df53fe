import { useEffect, useRef, useState } from "preact/hooks";
import type { Problem } from "../../contracts/problem.ts";
import type { Asked, RouteTo } from "../shared/api.ts";
import { session } from "./sign-in.ts";

export interface Answered<T> {
  /** null: not known yet. While it is asked again the last answer stays. */
  readonly value: T | null;
  readonly problem: Problem | null;
  readonly asking: boolean;
  /** When it was answered well last, epoch ms; null: not yet. */
  readonly answeredAt: number | null;
  /** Asks again. */
  again(): void;
  /** Shows what another answer has brought. */
  show(value: T): void;
}

/** What the API answers; asked again when the question changes. `null` asks nothing yet. */
export function useAsked<T>(route: RouteTo<T>, asked: Asked | null): Answered<T> {
  const [value, setValue] = useState<T | null>(null);
  const [answeredAt, setAnsweredAt] = useState<number | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [asking, setAsking] = useState(false);
  const [round, setRound] = useState(0);
  const newest = useRef(0);
  const show = (next: T) => {
    setValue(() => next);
    setAnsweredAt(Date.now());
  };
  const question = asked === null ? null : JSON.stringify([route.path, asked]);
  useEffect(() => {
    const mine = ++newest.current;
    if (asked === null) return;
    setAsking(true);
    void session.ask(route, asked).then((reply) => {
      // A slower answer to an older question must not cover a newer one.
      if (mine !== newest.current) return;
      setAsking(false);
      setProblem(reply.ok ? null : reply.problem);
      if (reply.ok) show(reply.value);
    });
    return () => void (newest.current += 1);
  }, [question, round]);
  return { value, problem, asking, answeredAt, again: () => setRound((before) => before + 1), show };
}
