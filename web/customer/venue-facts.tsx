import type { VenueView } from "../../contracts/venue.ts";
import { factsOf } from "../../domain/storefront/facts.ts";
import { formatsOf, timetables } from "../../domain/storefront/formats.ts";
import { locale } from "../shared/language.ts";
import { thisMinute } from "./minute.ts";
import { words } from "./words.ts";

interface VenueFactsProps {
  readonly venue: VenueView;
  /** Null where no menu says it. */
  readonly currency: string | null;
}

/** Whether it is open, how long food takes, what delivery costs. */
export function VenueFacts({ venue, currency }: VenueFactsProps) {
  const t = words.value;
  const facts = factsOf(venue, currency, thisMinute.value, formatsOf(locale.value), t);
  return (
    <p class="venue-facts">
      <span class="venue-open" data-open={facts.isOpen && venue.paused === null}>
        {currency === null && venue.paused !== null ? t.paused : facts.opening}
      </span>
      {facts.more.map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
    </p>
  );
}

/** Where it is, how to call it, and when it is open. */
export function VenueAbout({ venue: { settings } }: { readonly venue: VenueView }) {
  const t = words.value;
  const formats = formatsOf(locale.value);
  return (
    <details class="venue-about">
      <summary>{t.about}</summary>
      <div class="venue-about-body">
        <p dir="auto">{settings.address}</p>
        {settings.phone === null ? null : (
          <p>
            <a class="lone-link" href={`tel:${settings.phone}`}>
              {t.callUs} <span class="figures">{settings.phone}</span>
            </a>
          </p>
        )}
        {timetables(settings).map(({ way, hours }) => (
          <div key={way}>
            <h3>{way === null ? t.hours : t[way]}</h3>
            <table class="hours">
              <tbody>
                {formats.week(hours, t).map(({ days, times }) => (
                  <tr key={days}>
                    <th scope="row">{days}</th>
                    <td class="figures">{times}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ))}
      </div>
    </details>
  );
}
