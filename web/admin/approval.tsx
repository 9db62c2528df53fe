import { useState } from "preact/hooks";
import { z } from "zod";
import type { Problem } from "../../contracts/problem.ts";
import { intend } from "../shared/intent.ts";
import { problemWords } from "../shared/words.ts";
import { type Device, deviceRoutes } from "./device-routes.ts";
import type { VenueName } from "./devices-page.tsx";
import { session } from "./sign-in.ts";
import { words } from "./words.ts";

const Kind = z.enum(["tablet", "driver"]).catch("tablet");
type Kind = z.infer<typeof Kind>;

interface ApprovalProps {
  /** What this holder may let in, the usual first. */
  readonly kinds: readonly Kind[];
  readonly venues: readonly VenueName[];
  decided(): void;
}

type Outcome =
  | { readonly type: "let-in"; readonly device: Device }
  | { readonly type: "refused" }
  | { readonly type: "problem"; readonly problem: Problem };

/** Lets in, or refuses, the device that shows a code; a scanned link brings code and kind. */
export function Approval({ kinds, venues, decided }: ApprovalProps) {
  const [code, setCode] = useState(() => inLink("user_code") ?? inLink("code") ?? "");
  const [wished, setKind] = useState<Kind>(() => Kind.parse(inLink("kind")));
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  // Emptied fields are made anew after every decision: else the browser marks them as left out.
  const [round, setRound] = useState(0);
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const t = words.value;
  const mayNot = !kinds.includes(wished);
  const kind = mayNot ? (kinds[0] ?? "tablet") : wished;
  // Who has one venue need not be asked where the tablet stands.
  const places = venues.length === 1 ? venues.map(({ id }) => id) : chosen;
  const nowhere = kind === "tablet" && places.length === 0;

  const decide = async (letIn: boolean) => {
    if (busy) return;
    setBusy(true);
    setOutcome(null);
    const result = letIn ? await approve({ code, name, venues: kind === "tablet" ? places : null }) : await deny(code);
    setBusy(false);
    setOutcome(result);
    if (result.type === "problem") return;
    history.replaceState(null, "", location.pathname);
    setCode("");
    setName("");
    setRound(round + 1);
    decided();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void decide(true);
  };
  return (
    <form class="slip fields" onSubmit={submit} aria-labelledby="approval-title">
      <h2 id="approval-title">{t.letIn}</h2>
      <div key={round} class="fields">
        <div class="field">
          <label for="user-code">{t.code}</label>
          <input
            id="user-code"
            class="input admin-code mono"
            value={code}
            required
            maxLength={32}
            autocapitalize="characters"
            autocomplete="off"
            spellcheck={false}
            aria-describedby="user-code-hint"
            onInput={(event) => setCode(event.currentTarget.value)}
          />
          <p id="user-code-hint" class="field-hint">
            {t.codeHint}
          </p>
        </div>
        {mayNot ? <p class="notice notice-wait">{t.adminOnly}</p> : null}
        {kinds.length < 2 ? null : (
          <fieldset class="field">
            <legend class="field-label">{t.what}</legend>
            <div class="segments">
              {kinds.map((one) => (
                <label key={one}>
                  <input type="radio" name="kind" checked={kind === one} onChange={() => setKind(one)} />
                  {t.kinds[one]}
                </label>
              ))}
            </div>
          </fieldset>
        )}
        <div class="field">
          <label for="device-name">{t.names[kind]}</label>
          <input
            id="device-name"
            class="input"
            value={name}
            required
            maxLength={80}
            autocomplete="off"
            placeholder={t.nameExamples[kind]}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </div>
        {kind === "tablet" ? (
          <fieldset class="field">
            <legend class="field-label">{t.where}</legend>
            <div>
              {venues.map((venue) => (
                <label key={venue.id} class="choice">
                  <input
                    type="checkbox"
                    checked={places.includes(venue.id)}
                    onChange={() => setChosen(toggled(places, venue.id))}
                  />
                  <span>{venue.name}</span>
                </label>
              ))}
            </div>
          </fieldset>
        ) : null}
      </div>
      {outcome === null ? null : <OutcomeNotice outcome={outcome} />}
      <div class="admin-actions">
        <button class={`button button-go button-large ${busy ? "button-busy" : ""}`} disabled={nowhere}>
          {t.approve}
        </button>
        <button
          type="button"
          class="button button-stop button-large"
          disabled={code.trim() === ""}
          onClick={() => void decide(false)}
        >
          {t.deny}
        </button>
      </div>
    </form>
  );
}

function OutcomeNotice({ outcome }: { readonly outcome: Outcome }) {
  const t = words.value;
  if (outcome.type === "problem") {
    const { problem } = outcome;
    return (
      <p class="notice notice-stop" role="alert">
        {problem.status === 404 ? t.unknownCode : problemWords(problem)}
      </p>
    );
  }
  return (
    <p class="notice notice-go" role="status">
      {outcome.type === "let-in" ? t.isIn(outcome.device.name) : t.isRefused}
    </p>
  );
}

async function approve(approval: { code: string; name: string; venues: readonly string[] | null }): Promise<Outcome> {
  const body = { user_code: approval.code.trim(), name: approval.name.trim(), venues: approval.venues };
  const reply = await intend(session, deviceRoutes.approve, { body });
  return reply.ok ? { type: "let-in", device: reply.value } : { type: "problem", problem: reply.problem };
}

async function deny(code: string): Promise<Outcome> {
  const reply = await intend(session, deviceRoutes.deny, { body: { user_code: code.trim() } });
  return reply.ok ? { type: "refused" } : { type: "problem", problem: reply.problem };
}

function inLink(name: string): string | null {
  return new URLSearchParams(location.search).get(name);
}

function toggled(all: readonly string[], one: string): string[] {
  return all.includes(one) ? all.filter((each) => each !== one) : [...all, one];
}
