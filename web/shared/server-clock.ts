/** How far the server's clock is ahead of this device's, in ms, as its last answer showed. */
let ahead = 0;

/** An answer says its time by the second: what may come of that alone is no difference. */
const fineMs = 2_000;
/** An answer that was so long on its way tells too little. */
const slowMs = 5_000;

/** Hears the `Date` of an answer to what was asked at `askedAt` (epoch ms by this device's clock). */
export function hearDate(date: string | null, askedAt: number, answeredAt = Date.now()): void {
  const told = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(told) || answeredAt < askedAt || answeredAt - askedAt > slowMs) return;
  const difference = told + 500 - (askedAt + answeredAt) / 2;
  ahead = Math.abs(difference) < fineMs ? 0 : difference;
}

/** Epoch ms by the server's clock, as far as it is known: promises and offers are made by that, whatever a tablet shows. */
export function serverNow(): number {
  return byServer(Date.now());
}

/** What this device's clock calls `at` (epoch ms), by the server's clock. */
export function byServer(at: number): number {
  return Math.round(at + ahead);
}
