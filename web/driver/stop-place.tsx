import type { Place, Vehicle } from "../../contracts/events.ts";
import { Icon } from "../shared/icon.tsx";
import { words } from "./words.ts";

interface StopPlaceProps {
  readonly place: Place;
  readonly when: string;
  readonly vehicle: Vehicle;
}

/** Where to go, large, with the ways to find it and somebody to call. */
export function StopPlace({ place, when, vehicle }: StopPlaceProps) {
  const t = words.value;
  const { point } = place;
  const target = point === null ? encodeURIComponent(place.address) : `${point.lat},${point.lng}`;
  const map = `https://www.google.com/maps/dir/?api=1&destination=${target}&travelmode=${travelModes[vehicle]}`;
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
      <p class="stop-links">
        <a class="button button-quiet" href={point === null ? `geo:0,0?q=${target}` : `geo:${target}?q=${target}`}>
          <Icon name="route" />
          {t.navigate}
        </a>
        <a class="button button-quiet" href={map} target="_blank" rel="noreferrer noopener">
          <Icon name="pin" />
          {t.map}
        </a>
        {place.phone === undefined ? null : (
          <a class="button button-quiet" href={`tel:${place.phone}`}>
            <Icon name="phone" />
            {t.call}
          </a>
        )}
      </p>
    </div>
  );
}

const travelModes: Readonly<Record<Vehicle, string>> = { foot: "walking", bike: "bicycling", car: "driving" };
