import { useState } from "preact/hooks";
import { FailReason, type TaskView } from "../../contracts/delivery.ts";
import type { Deed } from "./deed.ts";
import { words } from "./words.ts";

/** When it cannot go on: without the food another driver is found, with it the customer is told why. */
export function Trouble({ task, deed }: { readonly task: TaskView; readonly deed: Deed }) {
  const [asking, setAsking] = useState(false);
  const t = words.value;
  if (!asking) {
    return (
      <button type="button" class="button button-bare" onClick={() => setAsking(true)}>
        {t.trouble}
      </button>
    );
  }
  return (
    <div class="trouble">
      {task.stage === "to-customer" ? (
        FailReason.options.map((reason) => (
          <button key={reason} type="button" class="button button-stop" onClick={() => deed.do("fail", { reason })}>
            {t.failures[reason]}
          </button>
        ))
      ) : (
        <button type="button" class="button button-stop" onClick={() => deed.do("decline")}>
          {t.handBack}
        </button>
      )}
      <button type="button" class="button button-quiet" onClick={() => setAsking(false)}>
        {t.goOn}
      </button>
    </div>
  );
}
