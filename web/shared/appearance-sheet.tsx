import { appear, appearance } from "./appearance.ts";
import { Sheet } from "./sheet.tsx";
import { sharedWords } from "./words.ts";

/** The choice of light, dark and contrast. */
export function AppearanceSheet({ onClose }: { onClose(): void }) {
  return (
    <Sheet titleId="appearance-title" onClose={onClose}>
      <div class="fields">
        <h2 id="appearance-title">{sharedWords.value.appearance}</h2>
        <AppearanceChoice />
      </div>
    </Sheet>
  );
}

function AppearanceChoice() {
  const t = sharedWords.value;
  const { scheme, contrast } = appearance.value;
  return (
    <>
      <fieldset class="field">
        <legend class="field-label">{t.scheme}</legend>
        <div class="segments">
          {(["machine", "light", "dark"] as const).map((one) => (
            <label key={one}>
              <input type="radio" name="scheme" checked={scheme === one} onChange={() => appear({ scheme: one })} />
              {t.schemes[one]}
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset class="field">
        <legend class="field-label">{t.contrast}</legend>
        <div class="segments">
          {(["machine", "more"] as const).map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="contrast"
                checked={contrast === one}
                onChange={() => appear({ contrast: one })}
              />
              {t.contrasts[one]}
            </label>
          ))}
        </div>
      </fieldset>
    </>
  );
}
