import { z } from "zod";
import type { FuzzRequest } from "./requests.ts";

export interface FuzzAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly ms: number;
}

const Problem = z.looseObject({
  type: z.string().regex(/^https:\/\/comanda\.dev\/problems\/[a-z-]+$/),
  title: z.string().min(1),
  status: z.int(),
  detail: z.string().min(1),
});
/** What no answer may hold: a stack, a page, a word of the machinery behind. */
const telltale =
  /\bat (?:async )?[\w.<> ]*\(?(?:file:|\/|[\w-]+\.[jt]s:\d)|node_modules|<html|<!doctype|SQLITE|D1_ERROR|ZodError|TypeError|RangeError|SyntaxError/i;
const slowMs = 10_000;

/** What is wrong with an answer, in words; null where nothing is. */
export function faultIn({ route }: FuzzRequest, answer: FuzzAnswer): string | null {
  const { status, text, headers, ms } = answer;
  // That the installation is ill is an answer here, and no fault.
  if (status >= 500 && !(route.path === "/healthz" && status === 503)) return `answered ${status}`;
  if (ms > slowMs) return `took ${Math.round(ms)} ms`;
  if (status < 400) return null;
  if (headers["content-type"] !== "application/problem+json") return `refused by ${String(headers["content-type"])}`;
  const problem = Problem.safeParse(jsonOf(text));
  if (!problem.success || problem.data.status !== status) return "refused by what is no problem document";
  const { instance: _, errors: __, ...ours } = problem.data;
  return telltale.test(JSON.stringify(ours)) ? "the refusal tells of what is behind" : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
