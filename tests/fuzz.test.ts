import { afterAll, beforeAll, expect, it } from "vitest";
import type { Asker } from "../scripts/fuzz/requests.ts";
import { fuzz } from "../scripts/fuzz/run.ts";
import { bury } from "./api/letters.ts";
import { basic, startInstallation, type Installation, type PersonName } from "./api/installation.ts";

/** A share; `npm run fuzz -- --requests 50000` sends as many as wanted. */
const requests = Number(process.env["COMANDA_FUZZ_REQUESTS"] ?? 1_500);
const seed = process.env["COMANDA_FUZZ_SEED"] ?? "1";

let there: Installation;
beforeAll(async () => {
  there = await startInstallation();
});
afterAll(() => there?.stop());

/** By the role, as the document names who is served. */
function asker(person: PersonName): Asker {
  const { token, role, tenant } = there.people[person];
  const name = tenant === "rival" ? person : (role ?? person);
  return { name, authorization: token === null ? null : `Bearer ${token}` };
}

it("no random request, and no random word up a socket, is answered by a fault of ours, or by nothing", async () => {
  const target = {
    baseUrl: there.wire.baseUrl,
    tenant: "demo",
    venue: "spare-1",
    lines: [{ item: "soup", variation: "small", quantity: 1 }],
    askers: {
      guest: asker("guest"),
      admin: asker("admin"),
      tablet: asker("admin"),
      phone: asker("driver"),
      provider: asker("provider"),
      rival: asker("rival admin"),
      nobody: asker("nobody"),
      operator: { name: "operator", authorization: basic()["authorization"] ?? null },
    },
  };
  for (const letter of ["2", "3", "4", "5"]) await bury(there.harness, "demo", `ord_${letter.repeat(26)}`);
  const { faults, ...found } = await fuzz(target, { requests, seed });
  console.log(JSON.stringify({ ...found, unserved: found.unserved.length }));
  expect(faults).toEqual([]);
}, 600_000);
