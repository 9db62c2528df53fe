import { useEffect, useState } from "preact/hooks";
import { z } from "zod";
import { VenueId } from "../../contracts/ids.ts";
import { type PushState, pushState, startPush, stopPush } from "../shared/push.ts";
import { freshId, keep, kept } from "../shared/storage.ts";
import { Panel } from "./frame.tsx";
import { words } from "./settings-words.ts";
import { session } from "./sign-in.ts";

const name = "comanda.admin.told";
const toldOf = (): string[] => kept(name, z.array(VenueId)) ?? [];

/** Lets this browser be told when no tablet shows a new ticket of a venue; not offered where it cannot be. */
export function PushPanel({ venue }: { readonly venue: string }) {
  const [state, setState] = useState<PushState | "failed" | null>(null);
  const [busy, setBusy] = useState(false);
  const t = words.value.push;
  useEffect(() => {
    void pushState().then((found) => setState(found === "on" && !toldOf().includes(venue) ? "off" : found));
  }, [venue]);
  const start = async (): Promise<PushState | "failed"> => {
    const reply = await startPush(session, { kind: "venue", venue }, freshId());
    if (reply.ok && reply.value === "on") keep(name, [...new Set([...toldOf(), venue])]);
    return reply.ok ? reply.value : "failed";
  };
  const stop = async (): Promise<PushState | "failed"> => {
    const reply = await stopPush(session);
    if (!reply.ok) return "failed";
    // A browser's subscription ends as a whole: what it is still to be told of is asked for again.
    const others = toldOf().filter((one) => one !== venue);
    keep(name, null);
    for (const other of others) {
      const again = await startPush(session, { kind: "venue", venue: other }, freshId());
      if (again.ok && again.value === "on") keep(name, [...toldOf(), other]);
    }
    return "off";
  };
  const run = async (deed: () => Promise<PushState | "failed">) => {
    if (busy) return;
    setBusy(true);
    setState(await deed());
    setBusy(false);
  };
  if (state === null || state === "impossible") return null;
  const busyClass = busy ? "button-busy" : "";
  return (
    <Panel title={t.title} lead={t.what}>
      <p role="status">{state === "off" ? "" : t[state]}</p>
      {state === "on" ? (
        <button type="button" class={`button button-quiet ${busyClass}`} onClick={() => void run(stop)}>
          {t.stop}
        </button>
      ) : state === "denied" ? null : (
        <button type="button" class={`button button-quiet ${busyClass}`} onClick={() => void run(start)}>
          {t.start}
        </button>
      )}
    </Panel>
  );
}
