import { useEffect, useState } from "preact/hooks";
import { byServer } from "../shared/server-clock.ts";
import type { Phone } from "./phone.ts";

export type PositionState = "asking" | "shared" | "refused";

/** Customers see a position at most so old. */
const everyMs = 4_000;

/** Shares where the phone is, on shift only and only if the driver permits. */
export function usePosition(phone: Phone, on: boolean): PositionState {
  const [state, setState] = useState<PositionState>("asking");
  useEffect(() => {
    if (!on) return undefined;
    if (!("geolocation" in navigator)) {
      setState("refused");
      return undefined;
    }
    let last: GeolocationPosition | null = null;
    const tell = () => {
      if (last === null) return;
      const { latitude: lat, longitude: lng, accuracy } = last.coords;
      phone.tellPosition({
        type: "position",
        lat,
        lng,
        accuracy,
        at: new Date(byServer(last.timestamp)).toISOString(),
      });
    };
    const watch = navigator.geolocation.watchPosition(
      (position) => {
        const first = last === null;
        last = position;
        setState("shared");
        if (first) tell();
      },
      ({ code }) => setState(code === GeolocationPositionError.PERMISSION_DENIED ? "refused" : "asking"),
      { enableHighAccuracy: true, maximumAge: everyMs },
    );
    const timer = setInterval(tell, everyMs);
    return () => {
      navigator.geolocation.clearWatch(watch);
      clearInterval(timer);
    };
  }, [phone, on]);
  return state;
}
