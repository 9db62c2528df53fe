import type { Range } from "./random.ts";

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 };

/** A span of time in milliseconds: `500ms`, `3s`, `2m`, a range `1s-5s` or `1-5s`; a bare number is of seconds. */
export function spanOf(text: string): Range {
  const [from = "", to = from] = text.split("-");
  const unit = /[a-z]+$/.exec(to)?.[0] ?? "s";
  const range = { from: msOf(from, unit), to: msOf(to, unit) };
  if (Number.isNaN(range.from) || Number.isNaN(range.to) || range.from > range.to) {
    throw new Error(`${text} is no span of time: write 3s, 500ms or 1s-5s.`);
  }
  return range;
}

function msOf(text: string, usual: string): number {
  const [, digits, unit = usual] = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(text.trim()) ?? [];
  return Number(digits ?? NaN) * (unitMs[unit] ?? NaN);
}

/** A part of the whole, 0 to 1, or in per cent: `0.05`, `5%`. */
export function shareOf(text: string, name: string): number {
  const share = text.endsWith("%") ? Number(text.slice(0, -1)) / 100 : Number(text);
  if (text.trim() !== "" && share >= 0 && share <= 1) return share;
  throw new Error(`--${name} ${text} is no share: write 0.05 or 5%.`);
}

export function numberOf(text: string, name: string, least: number): number {
  const number = Number(text);
  if (text.trim() !== "" && Number.isFinite(number) && number >= least) return number;
  throw new Error(`--${name} ${text}: a number from ${least} on is needed.`);
}

/** The options among a command line's words that the command does not know. */
export function unknownOptions(words: readonly string[], known: readonly string[]): string[] {
  const names = new Set(known.flatMap((name) => [name, `no-${name}`]));
  const end = words.indexOf("--");
  const options = (end === -1 ? words : words.slice(0, end)).filter((word) => /^--\w/.test(word));
  return options.map((word) => word.slice(2).split("=")[0] ?? "").filter((name) => !names.has(name) && name !== "help");
}
