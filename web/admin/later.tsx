import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { Loading } from "./states.tsx";

/** A page whose code is fetched when it is first shown. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const loaded = signal<{ readonly Page: ComponentType<P> } | null>(null);
  return (props: P) => {
    if (loaded.value !== null) return <loaded.value.Page {...props} />;
    void load().then((Page) => (loaded.value = { Page }));
    return <Loading />;
  };
}
