import type { DriverView } from "../../contracts/driver.ts";
import type { Vehicle } from "../../contracts/errand.ts";
import { inside } from "../shared/format.ts";
import { now } from "../shared/now.ts";
import { WaysTo } from "./stop-place.tsx";
import { words } from "./words.ts";

interface IdleProps {
  readonly suggestion: DriverView["suggestion"];
  readonly vehicle: Vehicle;
}

/** Nothing to do; perhaps there is a better place to wait. */
export function Idle({ suggestion, vehicle }: IdleProps) {
  const t = words.value;
  const isGood = suggestion !== undefined && Date.parse(suggestion.until) > now.value;
  return (
    <div class="phone-idle empty">
      <strong>{t.idle}</strong>
      <p>{t.idleMore}</p>
      {isGood ? (
        <>
          <p>{t.waitAt(inside(suggestion.name))}</p>
          <div class="stop-links">
            <WaysTo place={{ name: suggestion.name, address: suggestion.name, point: suggestion }} vehicle={vehicle} />
          </div>
        </>
      ) : null}
    </div>
  );
}
