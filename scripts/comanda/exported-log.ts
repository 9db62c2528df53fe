import { lineOf, LoggedEvent } from "../../domain/order/logged-event.ts";
import { chained, digestOf, erasedTexts } from "../../workers/shared/storage.ts";

export type Verdict =
  | { readonly whole: true; readonly order: string; readonly events: number }
  | { readonly whole: false; readonly line: number; readonly why: string };

/**
 * Whether an exported log is whole: one order's events, numbered from 1 without a gap, each with the SHA-256 over the
 * hash before it and its own text, or with the text that a later event says it has since something of it was erased;
 * and nothing on a line but what follows from those. Where the end was cut off, or all was written anew, only the order
 * itself can tell.
 */
export function verifyLog(text: string): Verdict {
  const lines = text.replace(/\n$/, "").split("\n");
  const erased = erasedTexts(lines.flatMap((line) => eventIn(line)?.data ?? []).map((data) => JSON.stringify(data)));
  let hash = "";
  let source = "";
  let order = "";
  for (const [at, line] of lines.entries()) {
    const broken = (why: string): Verdict => ({ whole: false, line: at + 1, why });
    if (line.trim() === "") return broken(text.trim() === "" ? "it is empty" : "it is a line without an event");
    const event = eventIn(line);
    if (event === null) return broken("it is no event of an exported log");
    const { sequence, subject, comandahash, data } = event;
    if (at > 0 && event.source !== source) return broken(`it is of another order, ${subject}`);
    if (sequence !== at + 1) return broken(`it is event ${sequence} where ${at + 1} belongs`);
    ({ source, subject: order } = event);
    const body = JSON.stringify(data);
    const follows = comandahash === chained(hash, body) || erased.get(sequence) === digestOf(body);
    if (!follows) return broken("its hash does not follow from what stands before it");
    hash = comandahash;
    if (line !== lineOf(source, data, hash)) return broken("it says something else than the event its hash is of");
  }
  return { whole: true, order, events: lines.length };
}

/** What a line holds; its data as it stands there, to the last letter that can be parsed. */
function eventIn(line: string): LoggedEvent | null {
  try {
    return LoggedEvent.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
