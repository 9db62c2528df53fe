/** So many times as long as `first`, twice as long each time and at most `longest`, with half of it left to chance. */
export function backoffMs(failures: number, name: string, first: number, longest: number): number {
  const wait = Math.min(first * 2 ** Math.min(Math.max(failures - 1, 0), 30), longest);
  // An alarm knows no parts of a millisecond.
  return Math.ceil(wait * (0.75 + draw(`${name} ${failures}`) / 2));
}

/**
 * A number in [0, 1) that hangs on the text alone: FNV-1a, then the 32-bit finalizer of MurmurHash3. Rules know no
 * chance, and many that wait must not come back at once: their names differ, so that is enough.
 */
function draw(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
}
