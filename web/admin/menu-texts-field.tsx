import type { Language, Text } from "../../contracts/menu.ts";
import { language as screen } from "../shared/language.ts";
import { TextField } from "./fields.tsx";
import { withWords } from "./menu-draft.ts";

interface TextsFieldProps {
  readonly label: string;
  readonly text: Text | null;
  readonly languages: readonly Language[];
  readonly lines?: number;
  readonly maxLength: number;
  readonly required?: boolean;
  onInput(text: Text): void;
}

/** One text in every language of the menu. */
export function TextsField({ label, text, languages, lines, maxLength, required = false, onInput }: TextsFieldProps) {
  return (
    <div class="form-row menu-texts">
      {languages.map((language) => (
        <TextField
          key={language}
          label={languages.length === 1 ? label : `${label} (${languageName(language)})`}
          lang={language}
          value={text?.[language] ?? ""}
          maxLength={maxLength}
          required={required && Object.keys(text ?? {}).length === 0}
          {...(lines === undefined ? {} : { lines })}
          onInput={(words) => onInput(withWords(text, language, words))}
        />
      ))}
    </div>
  );
}

/** "German", "Deutsch"; a tag nobody has a name for stays as it is. */
export function languageName(tag: Language): string {
  try {
    return new Intl.DisplayNames([screen.value], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
