import { signal } from "@preact/signals";
import type { ComponentChild, ComponentType } from "preact";
import { sharedWords } from "./words.ts";

/** Shown when its code is there, which can also be fetched before. */
export type Later<P> = ((props: P) => ComponentChild) & { readonly fetch: () => Promise<void> };

/** A page whose code is fetched when it is first shown. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): Later<P> {
  return fetched(load, () => (
    <main>
      <p class="waiting" role="status">
        {sharedWords.value.loading}
      </p>
    </main>
  ));
}

/** A part of a page whose code is fetched as soon as the page is at rest, or is wanted before. */
export function soon<P extends object>(
  load: () => Promise<ComponentType<P>>,
  meanwhile: () => ComponentChild = () => null,
): Later<P> {
  return fetched(ahead(load), meanwhile);
}

const retryMs = 2_000;
const retryAheadMs = 15_000;

/** What is fetched as soon as the page is at rest, until it is there, or is wanted before. */
export function ahead<T>(load: () => Promise<T>): () => Promise<T> {
  const once = remembered(load);
  const fetchAhead = (): void => void once().catch(() => setTimeout(fetchAhead, retryAheadMs));
  if ("requestIdleCallback" in globalThis) requestIdleCallback(fetchAhead, { timeout: 4_000 });
  else setTimeout(fetchAhead, 1_500);
  return once;
}

function fetched<P extends object>(load: () => Promise<ComponentType<P>>, meanwhile: () => ComponentChild): Later<P> {
  const loaded = signal<{ Page: ComponentType<P> } | null>(null);
  const once = remembered(load);
  // On a network that drops, what was asked for is asked for until it comes.
  const fetch = (): Promise<void> =>
    once().then(
      (Page) => void (loaded.value = { Page }),
      () => new Promise((done) => setTimeout(() => done(fetch()), retryMs)),
    );
  const show = (props: P): ComponentChild => {
    if (loaded.value !== null) return <loaded.value.Page {...props} />;
    // Not in the middle of drawing what is there already.
    setTimeout(() => void fetch(), 0);
    return <>{meanwhile()}</>;
  };
  return Object.assign(show, { fetch });
}

function remembered<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | null = null;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
}
