/** An instant as the wire has it: RFC 3339 in UTC, to the millisecond. `at` is epoch milliseconds. */
export function rfc3339(at: number): string {
  return new Date(at).toISOString();
}

/** Epoch milliseconds of an RFC 3339 instant; NaN where it is none. */
export function epochMs(instant: string): number {
  return Date.parse(instant);
}
