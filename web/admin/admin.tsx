import "./admin.css";
import { useEffect } from "preact/hooks";
import { LanguageChoice } from "../shared/language-choice.tsx";
import { DevicesPage } from "./devices-page.tsx";
import { session, signOut } from "./sign-in.ts";
import { SignInPage } from "./sign-in-page.tsx";
import { words } from "./words.ts";

/** Whoever lets tablets and drivers' phones in: an admin, or staff for tablets of their own venues. */
export function Admin() {
  const holder = session.holder.value;
  const t = words.value;
  useEffect(() => void (document.title = t.title), [t]);
  if (holder === null) return <SignInPage />;
  return (
    <>
      <header class="top">
        <p class="wordmark">{holder.tenant}</p>
        <span class="top-end">
          <button type="button" class="button button-bare" onClick={signOut}>
            {t.signOut}
          </button>
          <LanguageChoice />
        </span>
      </header>
      <DevicesPage holder={holder} />
    </>
  );
}
