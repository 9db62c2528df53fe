import { occasionNow } from "./occasion.ts";

type Fields = Readonly<Record<string, string | number | boolean | null>>;

/** What may stand in the words of an error, and must not in a log. */
const secrets: readonly (readonly [RegExp, string])[] = [
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, "[token]"],
  [/\bwhsec_[\w+/=-]+/g, "[secret]"],
  [/\b(Bearer|Basic) +[\w.~+/=-]+/gi, "$1 [secret]"],
  [/[\w.%+-]+@[\w-]+\.[\w.-]*\w/g, "[e-mail]"],
  [/\+[1-9]\d{6,14}\b/g, "[phone]"],
];

function write(level: "info" | "error", message: string, fields: Fields): void {
  const { worker, traceparent, order, actor } = occasionNow();
  const at = new Date(Date.now()).toISOString();
  const line = masked(JSON.stringify({ at, level, message, worker, traceparent, order, actor, ...fields }));
  if (level === "error") console.error(line);
  else console.info(line);
}

function masked(line: string): string {
  return secrets.reduce((text, [secret, mask]) => text.replaceAll(secret, mask), line);
}

/**
 * One JSON object a line, with the occasion: worker, trace, order and actor. Give it ids, never names, addresses, phones,
 * secrets or tokens; what looks like one is masked all the same.
 */
export const log = {
  info: (message: string, fields: Fields = {}): void => write("info", message, fields),
  error: (message: string, fields: Fields = {}): void => write("error", message, fields),
};
