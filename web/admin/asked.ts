import { useEffect, useRef, useState } from "preact/hooks";
import type { Problem } from "../../contracts/problem.ts";
import type { Asked, Refused, Reply, RouteTo } from "../shared/api.ts";
import { useOnceMore } from "./once-more.ts";
import { session } from "./sign-in.ts";

export interface Answered<T> {
  /** null: not known yet. While it is asked again the last answer stays. */
  readonly value: T | null;
  readonly problem: Problem | null;
  readonly asking: boolean;
  /** When it was answered well last, epoch ms; null: not yet. */
  readonly answeredAt: number | null;
  /** Until when the server wants to be left alone, epoch ms; 0: it does not. */
  readonly restUntil: number;
  /** Asks again. */
  again(): void;
  /** Shows what another answer has brought. */
  show(value: T): void;
}

/** What the API answers; asked again when the question changes. `null` asks nothing yet. */
export function useAsked<T>(route: RouteTo<T>, asked: Asked | null): Answered<T> {
  const question = asked === null ? null : JSON.stringify([route.path, asked]);
  return useAnswer(question, () => session.ask(route, asked ?? {}));
}

/**
 * What `ask` answers to a question that is called so; asked again when that changes, and by itself where no answer came
 * or the server is not well. `null` asks nothing yet.
 */
export function useAnswer<T>(question: string | null, ask: () => Promise<Reply<T>>): Answered<T> {
  const [value, setValue] = useState<T | null>(null);
  const [answeredAt, setAnsweredAt] = useState<number | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [restUntil, setRestUntil] = useState(0);
  const [asking, setAsking] = useState(false);
  const [round, setRound] = useState(0);
  const sent = useRef(0);
  // What was asked before this one says nothing any more.
  const oldest = useRef(0);
  const take = (next: T) => {
    setValue(() => next);
    setAnsweredAt(Date.now());
  };
  useEffect(() => {
    oldest.current = sent.current + 1;
    return () => void (oldest.current = Infinity);
  }, [question]);
  useEffect(() => {
    if (question === null) return;
    const mine = ++sent.current;
    setAsking(true);
    void ask().then((reply) => {
      if (mine === sent.current) setAsking(false);
      if (mine < oldest.current) return;
      // Of two answers to one question the slower to the one asked first must not cover the other.
      oldest.current = mine + 1;
      setRefused(reply.ok ? null : reply);
      setRestUntil(reply.ok || reply.afterMs === undefined ? 0 : Date.now() + reply.afterMs);
      if (reply.ok) take(reply.value);
    });
  }, [question, round]);
  const again = () => setRound((before) => before + 1);
  useOnceMore(refused, again);
  const show = (next: T) => {
    // What is under way was asked before this was so.
    oldest.current = sent.current + 1;
    take(next);
  };
  return { value, problem: refused?.problem ?? null, asking, answeredAt, restUntil, again, show };
}

/** Every item of a list that is answered in pages. */
export async function askAll<T>(route: RouteTo<{ items: T[]; next: string | null }>): Promise<Reply<T[]>> {
  const items: T[] = [];
  for (let after: string | null = ""; after !== null;) {
    const query: Record<string, string> = after === "" ? {} : { after };
    const reply: Reply<{ items: T[]; next: string | null }> = await session.ask(route, {
      query: { ...query, limit: "100" },
    });
    if (!reply.ok) return reply;
    items.push(...reply.value.items);
    after = reply.value.next;
  }
  return { ok: true, value: items };
}
