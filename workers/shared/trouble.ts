import { z } from "zod";

/** What was thrown, as the log and a dead letter tell it to people. */
export interface Trouble {
  readonly error: string;
  readonly stack: string;
}

/**
 * What helps whoever reads it. A failed query says its text and its parameters, and only as its cause what was wrong;
 * what has not the shape it should have says of each place what was expected there.
 */
export function troubleOf(thrown: unknown): Trouble {
  const error = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  if (!(error instanceof z.ZodError)) return { error: String(error), stack };
  const told = z.prettifyError(error);
  return { error: told, stack: [told, ...stack.split("\n").filter((line) => /^\s+at /.test(line))].join("\n") };
}
