import { hasSettled, type Endpoint, type Stream } from "./endpoint.ts";

/** What has ended can be looked at and replayed for so long. */
export const keptMs = 14 * 86_400_000;
/** Orders whose reports are kept; beyond them the oldest that have ended go. */
export const mostStreams = 5_000;

/** When the oldest stream that has ended is to be forgotten (epoch ms); null where none has. */
export function nextForgottenAt({ streams }: Endpoint): number | null {
  const first = Math.min(...Object.values(streams).map((stream) => (isOver(stream) ? stream.touchedAt : Infinity)));
  return first === Infinity ? null : first + keptMs;
}

/** The streams that have been kept long enough. */
export function spent({ streams }: Endpoint, now: number): string[] {
  return Object.entries(streams)
    .filter(([, stream]) => isOver(stream) && stream.touchedAt + keptMs <= now)
    .map(([id]) => id);
}

/** What goes to make room for another order: nothing while there is room, null where nothing that is kept has ended. */
export function roomFor({ streams }: Endpoint, stream: string): string[] | null {
  if (Object.hasOwn(streams, stream) || Object.keys(streams).length < mostStreams) return [];
  const [oldest] = Object.entries(streams)
    .filter(([, each]) => isOver(each))
    .toSorted(([, one], [, other]) => one.touchedAt - other.touchedAt);
  return oldest === undefined ? null : [oldest[0]];
}

function isOver({ reports }: Stream): boolean {
  return reports.every(hasSettled);
}
