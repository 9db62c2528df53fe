import { signal } from "@preact/signals";
import { render } from "preact";
import { z } from "zod";
import { sharedWords } from "./words.ts";

declare const trustedTypes:
  | {
      createPolicy(
        name: string,
        rules: { createScriptURL(url: string): string },
      ): { createScriptURL(url: string): string };
    }
  | undefined;

/** Said by a service worker that has just taken over: the files its page names. */
const Version = z.object({ type: z.literal("version"), named: z.array(z.string()) });

const lookEveryMs = 30 * 60_000;
const newer = signal(false);

/**
 * Keeps this app here, so that it opens without a connection: under `/kitchen` and its like, a customer's under the
 * tenant's address. The old version stays whole until somebody loads the new one.
 */
function keepHere(scope: string): void {
  const { serviceWorker } = navigator;
  serviceWorker.addEventListener("message", ({ data }) => {
    const parsed = Version.safeParse(data);
    if (parsed.success && !isOf(parsed.data.named)) newer.value = true;
  });
  void register(scope);
}

async function register(scope: string): Promise<void> {
  const url = "/sw.js";
  const policy = typeof trustedTypes === "undefined" ? { createScriptURL: () => url } : trusted(trustedTypes, url);
  try {
    const registration = await navigator.serviceWorker.register(policy.createScriptURL(url), {
      scope,
      updateViaCache: "none",
    });
    let looked = Date.now();
    const look = (): void => {
      if (document.visibilityState !== "visible" || !navigator.onLine || Date.now() - looked < lookEveryMs) return;
      looked = Date.now();
      registration.update().catch(() => undefined);
    };
    document.addEventListener("visibilitychange", look);
    setInterval(look, lookEveryMs);
  } catch {
    // Private windows may refuse: the page works, only not without a connection.
  }
}

/** The policy's name is the only one that the Content-Security-Policy allows. */
function trusted(types: NonNullable<typeof trustedTypes>, url: string) {
  return types.createPolicy("comanda", { createScriptURL: () => url });
}

/** Whether this page is of the version that has these files. */
function isOf(named: readonly string[]): boolean {
  const own = [...document.querySelectorAll<HTMLScriptElement>("script[src]")].map(({ src }) => new URL(src).pathname);
  return own.filter((path) => path.startsWith("/assets/")).every((path) => named.includes(path));
}

function NewVersion() {
  const t = sharedWords.value;
  return (
    <div role="status">
      {newer.value ? (
        <p class="new-version">
          {t.newVersion}{" "}
          <button type="button" class="button button-quiet" onClick={() => location.reload()}>
            {t.reload}
          </button>
        </p>
      ) : null}
    </div>
  );
}

const [, first = ""] = location.pathname.split("/");
const scope = `/${first}`;
if (document.querySelector("link[rel=manifest]") === null) {
  const manifest = Object.assign(document.createElement("link"), { rel: "manifest", href: `${scope}/app.webmanifest` });
  document.head.append(manifest);
}
const place = document.createElement("div");
document.body.prepend(place);
render(<NewVersion />, place);
if ("serviceWorker" in navigator) keepHere(scope);
