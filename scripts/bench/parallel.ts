/** Runs so many of a task at a time until `more` says no; gives back the seconds it took. */
export async function inParallel(width: number, more: () => boolean, task: () => Promise<void>): Promise<number> {
  const began = performance.now();
  const lane = async () => {
    while (more()) await task();
  };
  await Promise.all(Array.from({ length: width }, lane));
  return (performance.now() - began) / 1000;
}

/** True so many times. */
export function times(count: number): () => boolean {
  let left = count;
  return () => left-- > 0;
}

/** True for so many milliseconds. */
export function lasting(ms: number): () => boolean {
  const end = performance.now() + ms;
  return () => performance.now() < end;
}
