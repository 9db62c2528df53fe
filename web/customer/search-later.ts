import { type ReadonlySignal, signal } from "@preact/signals";
import type { CompiledMenu } from "../../contracts/menu.ts";
import { ahead } from "../shared/later.tsx";
import type { MenuSearch } from "./search.ts";

type Making = (menu: CompiledMenu) => MenuSearch;

const loaded = signal<Making | null>(null);

/** How a menu is made ready to be searched; null until that has been fetched. */
export const searching: ReadonlySignal<Making | null> = loaded;

/** Fetches it: by itself when the page is at rest, or when somebody turns to the field before. */
export const fetchSearching = ahead(async () => {
  const { MenuSearch } = await import("./search.ts");
  loaded.value = (menu) => new MenuSearch(menu);
});
