import type { DriverView } from "../../contracts/driver.ts";
import type { Place } from "../../contracts/errand.ts";
import type { PendingAction } from "../shared/pending.ts";
import { Call } from "./stop-place.tsx";
import { words } from "./words.ts";

/** What is left when the phone is sent away. Nothing of customers. */
export interface Left {
  /** Of which orders there is food in the bag, and where it goes. */
  readonly inBag: readonly { readonly code: string; readonly venue: Place }[];
  /** What was done and never sent: the next who holds the phone must not send it, but somebody must know. */
  readonly untold: readonly { readonly code: string; readonly deed: string }[];
}

export function leftWith(driver: DriverView | null, waiting: readonly PendingAction[]): Left {
  const inBag = driver?.tasks.filter(({ stage }) => stage === "to-customer" || stage === "returning") ?? [];
  return {
    inBag: inBag.map(({ code, pickup }) => ({ code, venue: pickup })),
    untold: waiting.flatMap(({ name, label }) => (label === "" ? [] : [{ code: label, deed: name }])),
  };
}

/** Somebody has ended this phone's session; whoever holds it may have food still. */
export function LetOut({ left }: { readonly left: Left }) {
  const t = words.value;
  return (
    <section class="let-out notice notice-stop" role="alert">
      <p>
        <strong>{t.accessEnded}</strong>
      </p>
      {left.untold.length === 0 ? null : (
        <div>
          <p>{t.accessUntold}</p>
          <ul>
            {left.untold.map(({ code, deed }) => (
              <li key={code + deed}>
                <strong class="mono">{code}</strong> {t.deeds[deed] ?? deed}
              </li>
            ))}
          </ul>
        </div>
      )}
      {left.inBag.map(({ code, venue }) => (
        <div key={code}>
          <p>{t.accessFood(code)}</p>
          <p dir="auto">
            <strong>{venue.name}</strong>, {venue.address}
          </p>
          <Call place={venue} />
        </div>
      ))}
    </section>
  );
}
