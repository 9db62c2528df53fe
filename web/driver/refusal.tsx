import type { Problem } from "../../contracts/problem.ts";
import { problemWords } from "../shared/words.ts";
import { words } from "./words.ts";

export function Refusal({ problem }: { readonly problem: Problem | null }) {
  if (problem === null) return null;
  return (
    <p class="notice notice-stop" role="alert">
      {pinWords(problem) ?? problemWords(problem)}
    </p>
  );
}

/** What is said of a PIN, can be said more exactly here. */
function pinWords({ status, errors }: Problem): string | null {
  if (errors?.some(({ pointer }) => pointer === "/pin") !== true) return null;
  return status === 409 ? words.value.pinLocked : words.value.wrongPin;
}
