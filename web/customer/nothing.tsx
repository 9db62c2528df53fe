import { LanguageChoice } from "../shared/language-choice.tsx";
import { words } from "./words.ts";

/** No restaurant has this address. */
export function Nothing() {
  const t = words.value;
  return (
    <>
      <header class="top">
        <a class="wordmark" href="/">
          Comanda
        </a>
        <LanguageChoice />
      </header>
      <main class="page page-narrow">
        <h1>{t.noVenues}</h1>
        <p class="quiet">{t.noVenuesMore}</p>
      </main>
    </>
  );
}
