import { sharedWords } from "../shared/words.ts";
import type { Deed } from "./deed.ts";
import { Refusal } from "./refusal.tsx";

/** What became of a deed so far: why it was not taken, or that nobody has heard of it yet. */
export function Verdict({ deed }: { readonly deed: Pick<Deed, "problem" | "unsent"> }) {
  return (
    <>
      <Refusal problem={deed.problem} />
      <Unsent unsent={deed.unsent} />
    </>
  );
}

/** That something waits for a connection. The strip above the page says it to ears, once for all of it. */
export function Unsent({ unsent }: Pick<Deed, "unsent">) {
  return unsent ? <p class="unsent">{sharedWords.value.unsent}</p> : null;
}
