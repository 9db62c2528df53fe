import { useEffect, useRef, useState } from "preact/hooks";
import { LanguageChoice } from "../shared/language-choice.tsx";
import { problemWords } from "../shared/words.ts";
import { type Holder, offered, signIn, signOut } from "./sign-in.ts";
import { words } from "./words.ts";

/** Signing in with an API client's id and secret; a link may have brought them. */
export function SignInPage() {
  return (
    <main class="pairing">
      <LanguageChoice />
      <h1>{words.value.signIn}</h1>
      <p class="quiet">{words.value.signInHow}</p>
      <SignInForm id={offered?.id ?? ""} secret={offered?.secret ?? ""} />
    </main>
  );
}

/** Over the desk of somebody whose session has ended: what they were at lies beneath, as they have left it. */
export function SignInAgain({ who }: { readonly who: Holder }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const t = words.value;
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => queueMicrotask(() => before instanceof HTMLElement && before.focus());
  }, []);
  return (
    <dialog
      ref={dialog}
      class="sign-in-again"
      aria-labelledby="again-title"
      onCancel={(event) => event.preventDefault()}
      // A browser closes a dialog at the second Escape, whatever it was told at the first.
      onClose={() => dialog.current?.isConnected === true && dialog.current.showModal()}
    >
      <div class="pairing">
        <h1 id="again-title">{t.ended}</h1>
        <p>{t.endedMore}</p>
        <SignInForm id={who.subject} secret="" />
        <p>
          <button type="button" class="button button-bare" onClick={signOut}>
            {t.somebodyElse}
          </button>
        </p>
      </div>
    </dialog>
  );
}

interface SignInFormProps {
  readonly id: string;
  readonly secret: string;
}

function SignInForm(begun: SignInFormProps) {
  const [typed, setTyped] = useState(begun);
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
  );
}
