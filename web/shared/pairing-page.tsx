import { useEffect, useState } from "preact/hooks";
import { LanguageChoice } from "./language-choice.tsx";
import { pair, type Pairing } from "./pairing.ts";
import { QrCode } from "./qr-code.tsx";
import type { Session } from "./session.ts";
import { keep } from "./storage.ts";
import { firstTenant, TenantField } from "./tenant-field.tsx";
import { sharedWords } from "./words.ts";

interface PairingProps {
  readonly kind: "tablet" | "driver";
  readonly session: Session;
}

/** Shows the code by which somebody in charge lets this device in. `?tenant=` in the address saves the typing. */
export function PairingPage({ kind, session }: PairingProps) {
  const [tenant, setTenant] = useState(firstTenant);
  const [typed, setTyped] = useState(tenant ?? "");
  const [pairing, setPairing] = useState<Pairing>({ step: "asking" });
  const [attempt, setAttempt] = useState(0);
  const t = sharedWords.value;

  useEffect(() => {
    if (tenant === null) return undefined;
    const waiting = new AbortController();
    void pair({ tenant, kind, session, show: setPairing, signal: waiting.signal });
    return () => waiting.abort();
  }, [tenant, attempt]);

  const begin = (event: SubmitEvent) => {
    event.preventDefault();
    keep("comanda.tenant", typed);
    setTenant(typed);
    setAttempt(attempt + 1);
  };
  const title = kind === "tablet" ? t.pairKitchen : t.pairDriver;
  return (
    <main class="pairing">
      <LanguageChoice />
      <h1>{title}</h1>
      <p class="quiet">{t.pairHow}</p>
      {tenant !== null && pairing.step !== "ended" ? (
        <Code pairing={pairing} />
      ) : (
        <form class="fields" onSubmit={begin}>
          {pairing.step === "ended" && tenant !== null ? (
            <p class="notice notice-stop" role="alert">
              {whyWords(pairing.why)}
            </p>
          ) : null}
          <TenantField typed={typed} onType={setTyped} />
          <button class="button button-large">{tenant === null ? t.getCode : t.newCode}</button>
        </form>
      )}
    </main>
  );
}

function Code({ pairing }: { readonly pairing: Pairing }) {
  const t = sharedWords.value;
  if (pairing.step !== "waiting") return <p class="waiting">{t.loading}</p>;
  return (
    <div class="slip pairing-slip">
      <p class="pairing-code">{pairing.userCode}</p>
      <QrCode text={pairing.link} label={`QR: ${pairing.link}`} />
      <p class="small">
        {t.pairAt} <a href={pairing.link}>{pairing.page.replace(/^https?:\/\//, "")}</a>
      </p>
      <p class="quiet" role="status">
        {t.pairWaits}
      </p>
    </div>
  );
}

function whyWords(why: "denied" | "expired" | "unknown" | "offline"): string {
  const t = sharedWords.value;
  return { denied: t.pairDenied, expired: t.pairExpired, unknown: t.tenantUnknown, offline: t.offline }[why];
}
