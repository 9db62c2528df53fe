import type { Place, Vehicle } from "../../contracts/errand.ts";

/** What a phone's own navigation is called by. */
export type Device = "android" | "apple" | "other";

/** An iPad says that it is a Mac, which has no fingers on its screen. */
export function deviceOf(userAgent: string, touchPoints: number): Device {
  if (/Android/.test(userAgent)) return "android";
  if (/iPhone|iPad|iPod/.test(userAgent) || (userAgent.includes("Macintosh") && touchPoints > 1)) return "apple";
  return "other";
}

/**
 * Links that lead out of the page to a place: `navigate` into the phone's own navigation, null where there is none to
 * call; `map` to a page of directions, which every browser can open.
 */
export function waysTo(
  { name, address, point }: Pick<Place, "name" | "address" | "point">,
  vehicle: Vehicle,
  device: Device,
): { readonly navigate: string | null; readonly map: string } {
  const target = point === null ? encodeURIComponent(address) : `${point.lat},${point.lng}`;
  const map = `https://www.google.com/maps/dir/?api=1&destination=${target}&travelmode=${travelModes[vehicle]}`;
  switch (device) {
    case "android": {
      // A pin without a name is taken for a place to look at.
      const label = encodeURIComponent(name.replaceAll(/[()]/g, " ")).replaceAll("'", "%27");
      return { navigate: point === null ? `geo:0,0?q=${target}` : `geo:${target}?q=${target}(${label})`, map };
    }
    case "apple":
      // iOS opens no geo: link. By bike it goes as the driver has set it there: there is no letter for it.
      return { navigate: `https://maps.apple.com/?daddr=${target}${appleModes[vehicle]}`, map };
    case "other":
      return { navigate: null, map };
  }
}

const travelModes: Readonly<Record<Vehicle, string>> = { foot: "walking", bike: "bicycling", car: "driving" };
const appleModes: Readonly<Record<Vehicle, string>> = { foot: "&dirflg=w", bike: "", car: "&dirflg=d" };
