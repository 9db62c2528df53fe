/** What a minute of this or that counts, beside a minute from order to door. */
export interface Weights {
  /** A minute past the promised one. */
  readonly late: number;
  /** A minute of a driver's time: what somebody else might need it for. */
  readonly busy: number;
  /** An order beyond what the driver's guaranteed pay covers. */
  readonly pay: number;
  /** How much too early a driver comes where nobody knows when the food is ready, in standard deviations of that. */
  readonly early: number;
}

/** Found on the benchmark's days; `docs/dispatch.md` says how. */
export const usual: Weights = { late: 0.3, busy: 0.1, pay: 0.05, early: 1.4 };
