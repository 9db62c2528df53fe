import type { Problem } from "../../contracts/problem.ts";
import { Nothing } from "./nothing.tsx";
import { problemWords, sharedWords } from "../shared/words.ts";

/** A page that could not be had, with a way to ask again. */
export function Failure({ problem, retry }: { readonly problem: Problem; retry(): void }) {
  if (problem.status === 404) return <Nothing />;
  return (
    <main class="page page-narrow">
      <p class="notice notice-stop" role="alert">
        {problemWords(problem)}
      </p>
      <p>
        <button type="button" class="button" onClick={retry}>
          {sharedWords.value.retry}
        </button>
      </p>
    </main>
  );
}
