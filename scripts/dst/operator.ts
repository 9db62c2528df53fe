import { factTypeOf, type Envelope } from "../../contracts/envelope.ts";
import { isRefusal } from "../../contracts/problem.ts";
import { dropLetter } from "../../workers/ordering/dead-letters/change.ts";
import { nameOf } from "../../workers/ordering/dead-letters/rows.ts";
import type { Chance } from "./chance.ts";
import { person, type Town } from "./town.ts";

const minute = 60_000;
/** What an order, its kitchen or zones must do without, and still come to an end. Stock and offers are others' too. */
const dispensable = /^(?:order\.(?:sent|withdrawn)|ticket\.|delivery\.|zone\.)/;

/** On some days somebody looks at the dead letters and gives some of them up. */
export function operate(town: Town, chance: Chance): void {
  if (!town.forecast.names.includes("bad deployment") || !chance.hits(0.6)) return;
  for (let looks = 0; looks < 12; looks += 1)
    town.clock.in(looks * 5 * minute + chance.between(1, 5) * minute, () => look(town, chance));
}

async function look(town: Town, chance: Chance): Promise<void> {
  const { db, story, cloud } = town;
  for (const row of db.letters()) {
    const envelope: Envelope = JSON.parse(row.envelope);
    if (row.state !== "open" || !dispensable.test(factTypeOf(envelope) ?? "") || !chance.hits(0.5)) continue;
    const hand = { tenant: row.tenant, by: "operator" };
    // Before it is certain: its receiver may hear of it though the operator gets no answer.
    town.givenUp.add(envelope.correlationid);
    const outcome = await dropLetter(town.env(person("operator")), hand, nameOf(row), "hopeless").catch(String);
    const said = typeof outcome === "string" ? outcome : isRefusal(outcome) ? outcome.detail : "done";
    story.tell(`operator: gives ${row.id} up – ${said}`);
    if (said === "done") cloud.strike("letter given up");
  }
}
