import { localTime } from "./local-time.ts";

/** What is sold out “for today” is back at this hour: after the last guest of a night, before the first of a day. */
const morning = 5 * 60;
const minuteMs = 60_000;

/** The next five o'clock in the morning on the venue's wall (epoch ms), daylight saving included. */
export function nextMorning(now: number, timeZone: string): number {
  const here = localTime(now, timeZone);
  const minutes = (morning - here.minute + 1_440) % 1_440 || 1_440;
  const about = Math.floor(now / minuteMs) * minuteMs + minutes * minuteMs;
  // The clocks may have been changed in that night.
  const off = localTime(about, timeZone).minute - morning;
  return about - (off > 720 ? off - 1_440 : off) * minuteMs;
}
