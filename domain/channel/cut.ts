const bins = 256;
const counts = new Int32Array(bins + 1);
const mostZooms = 4;
/** Near enough is what leaves out no more than this share of those there would be place for. */
const near = 0.1;

/** A value up to which there are about `most` of the first `count` values, and not more but for equal ones. Infinity: all. */
export function cutAt(values: Float64Array, count: number, most: number): number {
  if (count <= most) return Infinity;
  let low = Infinity;
  let high = -Infinity;
  for (let at = 0; at < count; at += 1) {
    const value = values[at] ?? 0;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  let below = 0;
  // By a histogram, and then by one of the bin in which the cut lies: a few large values must not hide what is between the small ones.
  for (let zoom = 0; zoom < mostZooms && below < (1 - near) * most; zoom += 1) {
    const scale = bins / (high - low);
    if (!(scale < Infinity)) break;
    counts.fill(0);
    for (let at = 0; at < count; at += 1) {
      const value = values[at] ?? 0;
      if (value < low || value > high) continue;
      const bin = Math.floor((value - low) * scale);
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    let bin = 0;
    for (; bin < bins && below + (counts[bin] ?? 0) <= most; bin += 1) below += counts[bin] ?? 0;
    high = Math.min(high, low + (bin + 1) / scale);
    low += bin / scale;
  }
  return below > 0 ? low : high;
}
