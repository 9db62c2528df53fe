import { useState } from "preact/hooks";
import { LanguageChoice } from "../shared/language-choice.tsx";
import { problemWords } from "../shared/words.ts";
import { offered, signIn } from "./sign-in.ts";
import { words } from "./words.ts";

/** Signing in with an API client's id and secret; a link may have brought them. */
export function SignInPage() {
  const [typed, setTyped] = useState(offered ?? { id: "", secret: "" });
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const t = words.value;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setRefused(null);
    const reply = await signIn({ id: typed.id.trim(), secret: typed.secret.trim() });
    setBusy(false);
    if (reply === "otherRole") setRefused(t.otherRole);
    else if (!reply.ok) setRefused(reply.problem.status === 401 ? t.wrong : problemWords(reply.problem));
  };
  return (
    <main class="pairing">
      <LanguageChoice />
      <h1>{t.signIn}</h1>
      <p class="quiet">{t.signInHow}</p>
      <form class="fields" onSubmit={(event) => void submit(event)}>
        <div class="field">
          <label for="client-id">{t.clientId}</label>
          <input
            id="client-id"
            class="input mono"
            value={typed.id}
            required
            autocapitalize="none"
            autocomplete="username"
            spellcheck={false}
            onInput={(event) => setTyped({ ...typed, id: event.currentTarget.value })}
          />
        </div>
        <div class="field">
          <label for="client-secret">{t.clientSecret}</label>
          <input
            id="client-secret"
            class="input mono"
            type="password"
            value={typed.secret}
            required
            autocomplete="current-password"
            onInput={(event) => setTyped({ ...typed, secret: event.currentTarget.value })}
          />
        </div>
        {refused === null ? null : (
          <p class="notice notice-stop" role="alert">
            {refused}
          </p>
        )}
        <button class={`button button-large ${busy ? "button-busy" : ""}`}>{t.enter}</button>
      </form>
    </main>
  );
}
