import { AppearanceButton } from "./appearance-button.tsx";
import { type AppLanguage, language, languages, speak } from "./language.ts";
import { sharedWords } from "./words.ts";

/** The languages of the screen, each in its own name, and how light it is. */
export function LanguageChoice() {
  return (
    <nav class="languages" aria-label={sharedWords.value.language}>
      {entries.map(([tag, name]) => (
        <button key={tag} type="button" lang={tag} aria-pressed={language.value === tag} onClick={() => speak(tag)}>
          <span aria-hidden="true">{tag}</span>
          <span class="for-ears">{name}</span>
        </button>
      ))}
      <AppearanceButton />
    </nav>
  );
}

const entries = Object.entries(languages) as [AppLanguage, string][];
