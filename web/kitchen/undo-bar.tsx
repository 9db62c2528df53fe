import { Icon } from "../shared/icon.tsx";
import { now } from "../shared/now.ts";
import { Label } from "../shared/pending-strip.tsx";
import { type Deeds, forgivenMs } from "./deeds.ts";
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
            <Label label={last.action.label} /> {t.deeds[last.action.name] ?? last.action.name}
            {last.action.about === undefined || last.action.about === "" ? null : (
              <>
                : <bdi>{last.action.about}</bdi>
              </>
            )}
          </p>
          <button type="button" class="button undo-back" onClick={() => deeds.undo()}>
            <Icon name="undo" /> {t.undo}{" "}
            <span class="figures" aria-hidden="true">
              {Math.ceil(Math.min(forgivenMs, Math.max(0, last.until - now.value)) / 1_000)}
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
