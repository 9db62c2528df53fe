import { useEffect, useRef, useState } from "preact/hooks";
import type { ShownTicket } from "./after-pending.ts";
import { words } from "./words.ts";

/** Tells those who do not see the board of each order that waits for an answer, as it comes in. */
export function NewTickets({ shown }: { readonly shown: readonly ShownTicket[] }) {
  const told = useRef<ReadonlySet<string>>(new Set());
  const [fresh, setFresh] = useState<readonly string[]>([]);
  const waiting = shown.filter(({ status }) => status === "waiting");
  useEffect(() => {
    const before = told.current;
    told.current = new Set(waiting.map(({ order }) => order));
    const codes = waiting.filter(({ order }) => !before.has(order)).map(({ code }) => code);
    if (codes.length > 0) setFresh(codes);
  }, [waiting.map(({ order }) => order).join()]);
  return (
    <p class="for-ears" role="status">
      {fresh.length === 0 ? "" : words.value.isNew(fresh.join(", "))}
    </p>
  );
}
