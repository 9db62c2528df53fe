import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { Failed, Loading } from "./states.tsx";

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
        {value === null ? (
          <Loading />
        ) : (
          // A browser remembers that a module could not be had, and a newer version of the app may have other files.
          <Failed problem={{ type: "about:blank", title: "Not loaded", status: 0 }} retry={() => location.reload()} />
        )}
      </main>
    );
  };
}
