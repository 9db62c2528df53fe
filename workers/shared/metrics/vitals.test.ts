import { describe, expect, it } from "vitest";
import type { Sample, Vitals } from "../../../contracts/metrics.ts";
import { mostAsked, takeVitals } from "./vitals.ts";

const fine: Vitals = { waiting: 2, owed: 1, sockets: 3, breakers: ["closed"] };

/** The vitals of objects of which each fares as its name says. */
async function taken(faring: Record<string, Vitals | "broken">): Promise<Map<string, number>> {
  const objects = {
    getByName: (name: string) => ({
      vitals: async () => {
        const how = faring[name] ?? "broken";
        if (how === "broken") throw new Error("it broke");
        return how;
      },
    }),
  };
  const names = Object.keys(faring);
  const samples = await takeVitals("delivery", { kind: "carrier", known: names.length, names, objects });
  const name = ({ metric, labels: { state } }: Sample) => (state === undefined ? metric : `${metric} ${state}`);
  return new Map(samples.map((sample) => [name(sample), sample.value]));
}

describe("the vitals of a kind of objects", () => {
  it("add up over those that answer; those that do not are counted and stop nothing", async () => {
    const told = await taken({ "t/a": fine, "t/b": "broken", "t/c": { ...fine, breakers: ["open", "half-open"] } });
    expect(Object.fromEntries(told)).toEqual({
      comanda_objects: 3,
      comanda_objects_asked: 3,
      comanda_objects_silent: 1,
      comanda_outbox_facts: 4,
      comanda_effects_owed: 2,
      comanda_sockets: 6,
      "comanda_breakers closed": 1,
      "comanda_breakers open": 1,
      "comanda_breakers half-open": 1,
    });
  });

  it("are asked of so many and no more, however many there are", async () => {
    const many = Object.fromEntries(Array.from({ length: mostAsked + 50 }, (_, at) => [`t/${at}`, fine]));
    const told = await taken(many);
    expect(told.get("comanda_objects")).toBe(mostAsked + 50);
    expect(told.get("comanda_objects_asked")).toBe(mostAsked);
    expect(told.get("comanda_sockets")).toBe(mostAsked * 3);
  });
});
