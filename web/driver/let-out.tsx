import type { DriverView } from "../../contracts/driver.ts";
import type { Place } from "../../contracts/errand.ts";
import { Icon } from "../shared/icon.tsx";
import { words } from "./words.ts";

/** What was in the bag when the phone was sent away: of which orders, and where it goes. Nothing of customers. */
export type Left = readonly { readonly code: string; readonly venue: Place }[];

export function leftWith(driver: DriverView | null): Left {
  const inBag = driver?.tasks.filter(({ stage }) => stage === "to-customer" || stage === "returning") ?? [];
  return inBag.map(({ code, pickup }) => ({ code, venue: pickup }));
}

/** Somebody has ended this phone's session; whoever holds it may have food still. */
export function LetOut({ left }: { readonly left: Left }) {
  const t = words.value;
  return (
    <section class="let-out notice notice-stop" role="alert">
      <p>
        <strong>{t.accessEnded}</strong>
      </p>
      {left.map(({ code, venue }) => (
        <div key={code}>
          <p>{t.accessFood(code)}</p>
          <p dir="auto">
            <strong>{venue.name}</strong>, {venue.address}
          </p>
          {venue.phone === undefined ? null : (
            <a class="button button-quiet" href={`tel:${venue.phone}`}>
              <Icon name="phone" />
              {t.call}
            </a>
          )}
        </div>
      ))}
    </section>
  );
}
