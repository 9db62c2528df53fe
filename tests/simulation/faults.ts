/** What goes wrong, and how often: each a probability from 0 to 1 but the delay. */
export interface Faults {
  /** The power goes off at a boundary of a write. */
  readonly powerCut: number;
  /** A queue message never arrives. */
  readonly lost: number;
  /** A queue message arrives twice. */
  readonly doubled: number;
  /** `send` to a queue throws, whether or not it worked. */
  readonly sendFails: number;
  /** A call between objects breaks, before it arrives or before its answer does. */
  readonly callBreaks: number;
  /** The longest a message or a call may take (ms). */
  readonly delay: number;
}

export const noFaults: Faults = { powerCut: 0, lost: 0, doubled: 0, sendFails: 0, callBreaks: 0, delay: 5 };
export const badDay: Faults = {
  powerCut: 0.004,
  lost: 0.2,
  doubled: 0.2,
  sendFails: 0.1,
  callBreaks: 0.1,
  delay: 20_000,
};
