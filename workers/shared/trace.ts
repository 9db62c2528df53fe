const shape = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** A W3C `traceparent` that continues the given one, or begins a trace where there is none or a malformed one. */
export function traceOf(header: string | null | undefined): string {
  if (header === null || header === undefined || !shape.test(header)) return newTrace();
  return `${header.slice(0, 36)}${hex(8)}-${header.slice(-2)}`;
}

export function newTrace(): string {
  return `00-${hex(16)}-${hex(8)}-01`;
}

function hex(bytes: number): string {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
