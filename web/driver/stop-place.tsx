import type { Place, Vehicle } from "../../contracts/errand.ts";
import { Icon } from "../shared/icon.tsx";
import { deviceOf, waysTo } from "./ways.ts";
import { words } from "./words.ts";

interface StopPlaceProps {
  readonly place: Place;
  readonly when: string;
  readonly vehicle: Vehicle;
}

/** Where to go, large, with the ways to find it and somebody to call. */
export function StopPlace({ place, when, vehicle }: StopPlaceProps) {
  return (
    <div class="stop">
      <p class="stop-name" dir="auto">
        {place.name}
      </p>
      <p class="stop-address" dir="auto">
        {place.address}
      </p>
      {place.note === undefined ? null : (
        <p class="stop-note" dir="auto">
          {place.note}
        </p>
      )}
      {when === "" ? null : <p class="quiet">{when}</p>}
      <div class="stop-links">
        <WaysTo place={place} vehicle={vehicle} />
        <Call place={place} />
      </div>
    </div>
  );
}

/** Nothing where no number is known. */
export function Call({ place: { phone } }: { readonly place: Pick<Place, "phone"> }) {
  if (phone === undefined) return null;
  return (
    <a class="button button-quiet" href={`tel:${phone}`}>
      <Icon name="phone" />
      {words.value.call}
    </a>
  );
}

interface WaysToProps {
  readonly place: Pick<Place, "name" | "address" | "point">;
  readonly vehicle: Vehicle;
}

export function WaysTo({ place, vehicle }: WaysToProps) {
  const t = words.value;
  const { navigate, map } = waysTo(place, vehicle, deviceOf(navigator.userAgent, navigator.maxTouchPoints));
  return (
    <>
      {navigate === null ? null : (
        <a class="button button-quiet" href={navigate}>
          <Icon name="route" />
          {t.navigate}
        </a>
      )}
      <a class="button button-quiet" href={map} target="_blank" rel="noreferrer noopener">
        <Icon name="pin" />
        {t.map}
      </a>
    </>
  );
}
