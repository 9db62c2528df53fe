import type { Problem } from "../../contracts/problem.ts";
import { problemWords } from "../shared/words.ts";

interface RefusalProps {
  readonly problem: Problem | null;
  /** What to say of a value that is not right, where it can be said more exactly here. */
  readonly wrong?: string | undefined;
}

export function Refusal({ problem, wrong }: RefusalProps) {
  if (problem === null) return null;
  return (
    <p class="notice notice-stop" role="alert">
      {problem.status === 422 && wrong !== undefined ? wrong : problemWords(problem)}
    </p>
  );
}
