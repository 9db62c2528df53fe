import { Icon } from "../shared/icon.tsx";
import { now } from "../shared/now.ts";
import type { Deeds } from "./deeds.ts";
import { words } from "./words.ts";

/** The last thing done here, and the way back from it, for ten seconds. */
export function UndoBar({ deeds }: { readonly deeds: Deeds }) {
  const last = deeds.last.value;
  const t = words.value;
  return (
    <div class="undo-place" role="status">
      {last === null ? null : (
        <div class="undo">
          <p>
            <strong class="mono">{last.action.label}</strong> {t.deeds[last.action.name] ?? last.action.name}
          </p>
          <button type="button" class="button undo-back" onClick={() => deeds.undo()}>
            <Icon name="undo" /> {t.undo}{" "}
            <span class="figures" aria-hidden="true">
              {Math.max(0, Math.ceil((last.until - now.value) / 1_000))}
            </span>
          </button>
          <button type="button" class="button button-bare undo-fine" onClick={() => deeds.settle()}>
            {last.remedy === "hold" ? t.sendNow : t.keepIt}
          </button>
        </div>
      )}
    </div>
  );
}
