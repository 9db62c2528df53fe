/** What must never be seen. */
export type FindingKind =
  | "hung"
  | "total"
  | "socket-gap"
  | "socket-regress"
  | "contradiction"
  | "doubled-ticket"
  | "server-error"
  | "contract"
  | "refused"
  | "money"
  | "simulator";

export interface Finding {
  readonly kind: FindingKind;
  readonly detail: string;
  readonly order?: string | undefined;
  readonly venue?: string | undefined;
  /** When it was seen (RFC 3339). */
  readonly at: string;
}

/** The most that are kept word for word; a broken server breaks every order the same way. */
const mostKept = 500;

/** Every broken expectation of a run. */
export class Findings {
  readonly kept: Finding[] = [];
  count = 0;

  add(kind: FindingKind, detail: string, about: { order?: string | undefined; venue?: string | undefined } = {}): void {
    this.count += 1;
    if (this.kept.length < mostKept) this.kept.push({ kind, detail, ...about, at: new Date().toISOString() });
  }
}
