import { useState } from "preact/hooks";
import type { Problem } from "../../contracts/problem.ts";
import type { Asked, RouteTo } from "../shared/api.ts";
import { intend } from "../shared/intent.ts";
import type { Session } from "../shared/session.ts";

export interface Deed {
  readonly busy: boolean;
  readonly problem: Problem | null;
  do(route: RouteTo<unknown>, asked: Asked): Promise<void>;
}

/** Does one thing at a time, and says while it is under way and when it was refused. */
export function useDeed(session: Session): Deed {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  return {
    busy,
    problem,
    async do(route, asked) {
      if (busy) return;
      setBusy(true);
      setProblem(null);
      const reply = await intend(session, route, asked);
      setBusy(false);
      if (!reply.ok) setProblem(reply.problem);
    },
  };
}
