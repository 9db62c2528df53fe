import type { Call, Figure, Hop, Ledger } from "../../contracts/ledger.ts";

/** An order's ledger in words: its facts and calls by time, and what they cost. */
export function ledgerText({ order, seq, facts, calls, costs, look, unknown }: Ledger): string {
  return [
    `${order}, ${seq} events`,
    "",
    "Facts:",
    ...facts.map(hopLines),
    "",
    calls.length === 0 ? "No calls to the outside." : "Calls to the outside:",
    ...calls.map(callLines),
    "",
    "What it cost (~: estimated):",
    ...Object.entries(costs).map(([name, figure]) => `  ${wordsOf(name).padEnd(20)} ${figureText(figure)}`),
    `  this look            ${look.actors} actors asked, ${look.rowsRead} rows read`,
    ...(unknown.length === 0 ? [] : ["", "What could not be learned:"]),
    ...unknown.map((what) => `  ${what}`),
  ].join("\n");
}

function hopLines({ id, type, way, writtenAt, sent, applied, appliedAt, effect, handOffMs, acknowledged, letter }: Hop): string {
  const again = sent.filter(({ how }) => how === "again");
  const heard = acknowledged === null ? "" : acknowledged ? ", acknowledged" : ", not acknowledged";
  const followed = effect.length === 0 ? "" : ` → ${effect.join(", ")}`;
  const after = handOffMs === null ? "" : ` after ${handOffMs} ms`;
  return [
    `  ${writtenAt ?? "at a time unknown"}  ${type ?? "a fact without effect"}  (${id}, by ${way})`,
    again.length === 0 ? null : `    sent again ${again.map(({ at }) => at).join(", ")}`,
    `    ${{ yes: `applied${appliedAt === null ? "" : ` ${appliedAt}`}${after}${followed}`, no: "not applied", unknown: "nobody knows whether it was applied" }[applied]}${heard}`,
    letter === null ? null : `    dead letter ${letter.id}: ${letter.state}, ${letter.attempts} attempts from ${letter.firstAt} to ${letter.lastAt}: ${letter.error}`,
  ].filter((line) => line !== null).join("\n");
} // prettier-ignore

function callLines({ key, kind, askedAt, attempts, outcome, endedAt, effect, nextAt, error }: Call): string {
  const times = attempts === null ? "" : `, ${attempts} attempts`;
  const end = endedAt === null ? "" : ` ${endedAt}`;
  const next = nextAt === null ? "" : `, next ${nextAt}`;
  const why = error === null ? "" : `: ${error}`;
  return `  ${askedAt}  ${kind}  (${key})\n    ${outcome}${end}${times}${next}${effect.length === 0 ? "" : ` → ${effect.join(", ")}`}${why}`;
}

function figureText({ count, how }: Figure): string {
  return how === "counted" ? String(count) : `~${count}`;
}

/** `rowsWritten` as words. */
function wordsOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
