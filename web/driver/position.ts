import { useEffect, useState } from "preact/hooks";
import { byServer } from "../shared/server-clock.ts";
import type { Phone } from "./phone.ts";

export type PositionState = "asking" | "shared" | "refused";

/** Customers see a position at most five seconds old: with what it takes to find it, and on its way. */
const everyMs = 3_000;
const exactly = { enableHighAccuracy: true, maximumAge: 1_000 } as const;

/** Shares where the phone is, on shift only and only if the driver permits. */
export function usePosition(phone: Phone, on: boolean): PositionState {
  const [state, setState] = useState<PositionState>("asking");
  /** Counts how often the driver has thought better of it in the browser's settings. */
  const [turn, setTurn] = useState(0);
  useEffect(() => onPermission(() => setTurn((before) => before + 1)), []);
  useEffect(() => {
    if (!on) return undefined;
    if (!("geolocation" in navigator)) {
      setState("refused");
      return undefined;
    }
    let last: GeolocationPosition | null = null;
    let toldAt = 0;
    let isOver = false;
    const tell = () => {
      if (last === null || isOver) return;
      toldAt = Date.now();
      const { latitude: lat, longitude: lng, accuracy } = last.coords;
      phone.tellPosition({
        type: "position",
        lat,
        lng,
        accuracy,
        at: new Date(byServer(last.timestamp)).toISOString(),
      });
    };
    const take = (position: GeolocationPosition) => {
      if (isOver) return;
      last = position;
      setState("shared");
      // In a pocket the clock below stands still for minutes, and this does not.
      if (Date.now() - toldAt >= everyMs) tell();
    };
    const miss = ({ code }: GeolocationPositionError) => {
      if (!isOver) setState(code === GeolocationPositionError.PERMISSION_DENIED ? "refused" : "asking");
    };
    const watch = navigator.geolocation.watchPosition(take, miss, exactly);
    const timer = setInterval(() => {
      if (last !== null && Date.now() - last.timestamp < everyMs) return tell();
      // Some phones say nothing while they stand still: where they are now has to be asked.
      if (last !== null) navigator.geolocation.getCurrentPosition(take, tell, { ...exactly, timeout: everyMs });
    }, everyMs);
    return () => {
      isOver = true;
      navigator.geolocation.clearWatch(watch);
      clearInterval(timer);
    };
  }, [phone, on, turn]);
  return state;
}

/** Calls when the driver permits or forbids it, where the browser tells. */
function onPermission(change: () => void): () => void {
  let status: PermissionStatus | null = null;
  let isOver = false;
  const listen = async () => {
    status = await navigator.permissions.query({ name: "geolocation" });
    if (!isOver) status.addEventListener("change", change);
  };
  if ("permissions" in navigator) void listen().catch(() => undefined);
  return () => {
    isOver = true;
    status?.removeEventListener("change", change);
  };
}
