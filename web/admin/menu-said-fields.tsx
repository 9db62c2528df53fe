import type { Language, Text } from "../../contracts/menu.ts";
import { TextsField } from "./menu-texts-field.tsx";
import { words } from "./menu-words.ts";

interface Said {
  readonly name: Text;
  readonly description: Text | null;
}

interface SaidFieldsProps {
  /** A heading or a dish. */
  readonly of: Said;
  readonly languages: readonly Language[];
  put(next: Partial<Said>): void;
}

/** What a heading or a dish is called, and what is said of it; no words at all are no description. */
export function SaidFields({ of, languages, put }: SaidFieldsProps) {
  const t = words.value;
  return (
    <>
      <TextsField
        label={t.name}
        text={of.name}
        languages={languages}
        maxLength={200}
        required
        onInput={(name) => put({ name })}
      />
      <TextsField
        label={t.description}
        text={of.description}
        languages={languages}
        lines={3}
        maxLength={2000}
        onInput={(text) => put({ description: Object.keys(text).length === 0 ? null : text })}
      />
    </>
  );
}
