import type { DeadLetterDetail, DeadLetterView } from "../../contracts/dead-letter.ts";

/** A letter in three lines; of one that is not open any more the first says so. */
export function letterLines({
  id,
  type,
  sender,
  receiver,
  sequence,
  attempts,
  lastAt,
  error,
  state,
}: DeadLetterView): string {
  return [state === "open" ? id : `${id} (${state})`, `  ${type} number ${sequence}, ${sender} → ${receiver}`, `  ${attempts} attempts, last ${lastAt}: ${error}`].join("\n"); // prettier-ignore
}

/** A letter with all that is known of it, in words. */
export function letterText(letter: DeadLetterDetail): string {
  const { order, state, consumer, firstAt, closedAt, stack, envelope, edited, stream, acts } = letter;
  const { applied, retransmissions, nextAt, blocks, unknown } = stream;
  const closed = closedAt === null ? "" : ` since ${closedAt}`;
  const next = nextAt === null ? "" : `, next ${nextAt}`;
  return [
    letterLines(letter),
    `  of order ${order}, ${state}${closed}, given up by ${consumer}, first tried ${firstAt}`,
    "",
    `Its stream: ${applied === null ? "nobody knows how much is" : `${applied}`} applied; ${retransmissions} retransmissions${next}.`,
    ...unknown.map((what) => `  ${what}`),
    blocks.length === 0 ? "Nothing waits behind it." : "Behind it wait:",
    ...blocks.map((one) => `  ${one.sequence} ${one.type} of ${one.order}, written ${one.writtenAt}${one.held ? ", held by the receiver" : ""}`),
    "",
    "What it says:",
    JSON.stringify(envelope, null, 2),
    ...(edited === null ? [] : ["", "What it says instead, since it was edited:", JSON.stringify(edited, null, 2)]),
    "",
    stack === "" ? "Without a stack." : stack,
    ...(acts.length === 0 ? [] : ["", "What was done:"]),
    ...acts.map(({ at, by, act, reason }) => `  ${at} ${act} by ${by}${reason === "" ? "" : `: ${reason}`}`),
  ].join("\n"); // prettier-ignore
}
