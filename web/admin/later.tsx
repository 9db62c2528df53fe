import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { sharedWords } from "../shared/words.ts";
import { Loading } from "./states.tsx";

/** A page whose code is fetched when it is first shown. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const loaded = signal<{ readonly Page: ComponentType<P> } | "failed" | null>(null);
  let isUnderWay = false;
  const fetchIt = async () => {
    if (isUnderWay) return;
    isUnderWay = true;
    loaded.value = await load().then(
      (Page) => ({ Page }),
      () => "failed" as const,
    );
    isUnderWay = false;
  };
  return (props: P) => {
    const { value } = loaded;
    if (value !== null && value !== "failed") return <value.Page {...props} />;
    if (value === null) void fetchIt();
    return (
      <main class="frame" id="content" tabIndex={-1}>
        {value === null ? <Loading /> : <NotLoaded />}
      </main>
    );
  };
}

/** A browser remembers that a module could not be had, and a newer version of the app may have other files. */
function NotLoaded() {
  const t = sharedWords.value;
  const reload = () => location.reload();
  useEffect(() => {
    addEventListener("online", reload);
    return () => removeEventListener("online", reload);
  }, []);
  return (
    <div class="notice notice-stop" role="alert">
      <p>{t.offline}</p>
      <p>
        <button type="button" class="button button-quiet" onClick={reload}>
          {t.retry}
        </button>
      </p>
    </div>
  );
}
