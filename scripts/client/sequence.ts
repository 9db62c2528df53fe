/** A socket's message: with a number, or telemetry without one. */
export interface Numbered {
  readonly type: string;
  readonly seq?: number | undefined;
}

export type SequenceFault = "gap" | "regress";

/**
 * Where a stream of messages stands after one more: numbers go up by one, a snapshot may jump ahead but not back.
 * `last` is null before the first message of a socket opened without `?after=`, which must be a snapshot.
 */
export function follow(last: number | null, message: Numbered): { last: number | null; fault: SequenceFault | null } {
  const { type, seq } = message;
  if (seq === undefined) return { last, fault: null };
  if (last === null) return { last: seq, fault: type === "snapshot" ? null : "gap" };
  if (type === "snapshot") return { last: Math.max(last, seq), fault: seq < last ? "regress" : null };
  if (seq <= last) return { last, fault: "regress" };
  return { last: seq, fault: seq === last + 1 ? null : "gap" };
}
