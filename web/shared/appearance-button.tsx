import type { ComponentType } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "./icon.tsx";
import { sharedWords } from "./words.ts";

/** A button that opens the choice of light, dark and contrast; few ever press it, so the choice comes when they do. */
export function AppearanceButton() {
  const [Choice, setChoice] = useState<ComponentType<{ onClose(): void }> | null>(null);
  const open = async () => {
    const { AppearanceSheet } = await import("./appearance-sheet.tsx");
    setChoice(() => AppearanceSheet);
  };
  return (
    <>
      <button type="button" onClick={() => void open().catch(() => undefined)}>
        <Icon name="contrast" />
        <span class="for-ears">{sharedWords.value.appearance}</span>
      </button>
      {Choice === null ? null : <Choice onClose={() => setChoice(null)} />}
    </>
  );
}
