import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCarriers } from "./api/carriers.ts";
import { tenantRoutes } from "../contracts/tenant-routes.ts";
import { Caller } from "./api/caller.ts";
import { startInstallation, type Installation, type People, type Person } from "./api/installation.ts";
import { offeredTo, readyForDelivery, runDeliveries, runPickups, runPushes, runVenue, takeTo } from "./api/journey.ts";
import { runWebhooks } from "./api/webhooks.ts";
import { bury, runLetters } from "./api/letters.ts";
import { ask, judge, makeThings, rightful, seen, type Things } from "./api/matrix.ts";
import { expectSecurity, faultsIn, routesAnswered } from "./api/openapi-check.ts";
import { contracts, keyOf, OpenApi, operationsOf, type Operation } from "./api/operations.ts";
import { policies, reaches } from "./api/policies.ts";

let there: Installation;
let caller: Caller;
let document: OpenApi;
let operations: Operation[];

beforeAll(async () => {
  there = await startInstallation();
  caller = new Caller(there.wire);
  document = OpenApi.parse((await there.wire.ask({ method: "GET", path: "/openapi.json" })).json);
  operations = operationsOf(document);
});
afterAll(() => there?.stop());

describe("what the API answers when all goes well", () => {
  it("has its contract's shape for a venue's day", () => runVenue(caller, there.people.admin, there.people.admin));
  it("has its contract's shape for orders that are fetched", () =>
    runPickups(caller, there.people.guest, there.people.staff));
  it("has its contract's shape for orders that are brought", () => runDeliveries(caller, there.people));
  it("has its contract's shape for what is the tenant's own", async () => {
    const { admin } = there.people;
    const settings = await caller.well(tenantRoutes.settings, admin);
    await caller.well(tenantRoutes.writeSettings, admin, { body: settings });
    const { entries } = await caller.well(tenantRoutes.audit, admin);
    expect(entries[0]).toMatchObject({ method: "PUT", path: tenantRoutes.settings.path, role: "admin" });
  });
  it("has its contract's shape for letters that died", () => runLetters(caller, there.harness, there.people.admin));
  it("has its contract's shape for pushes", () => runPushes(caller, there.people));
  it("has its contract's shape for webhooks", () => runWebhooks(caller, there.people.admin));
  it("has its contract's shape for carriers", () => runCarriers(caller, there.harness, there.people));
  it("was seen of every route", () => {
    const routes = contracts.filter(({ socket }) => socket !== true).map(keyOf);
    expect(routes.filter((key) => !caller.answeredWell.has(key))).toEqual([]);
  });
});

describe("who may do what", () => {
  let things: Things;
  beforeAll(async () => {
    const { people, harness } = there;
    const order = await readyForDelivery(caller, people);
    await offeredTo(caller, people.driver, order);
    await takeTo("door", caller, people.driver, order);
    things = await makeThings(caller, people, order, await bury(harness, "demo", order));
  });

  it("is said of every route of the document, and of no other", () => {
    expect(Object.keys(policies).toSorted()).toEqual(operations.map(({ key }) => key).toSorted());
  });

  it("holds for everybody, on every route, also of what is not there", async () => {
    const faults: string[] = [];
    let asked = 0;
    for (const operation of operations) {
      const { about, makes } = operation.policy;
      const check = async (person: Person) => {
        const served = rightful(operation, person, true) === "served";
        // What one deletes or decides on is gone for the next.
        const fresh = served && (about === "client" || about === "device" || about === "code" || about === "endpoint");
        const mine = fresh ? await makeThings(caller, there.people, things.order, things.letter) : things;
        const something = await ask(caller, operation, person, mine, true);
        asked += 1;
        judge(operation, person, true, something);
        if (about === null || (makes === true && person.role === "admin")) return;
        const nothing = await ask(caller, operation, person, mine, false);
        asked += 1;
        judge(operation, person, false, nothing);
        // What is not theirs looks to them as if it were not there.
        if (!reaches(person, about) && rightful(operation, person, true) !== "served")
          expect(seen(something), `${operation.key} by ${person.name}`).toEqual(seen(nothing));
      };
      const noted = (person: Person) => check(person).catch((error: unknown) => faults.push(firstLine(error)));
      const [insiders, outsiders] = parted(there.people, (person) => rightful(operation, person, true) === "served");
      await Promise.all(outsiders.map(noted));
      for (const person of insiders.toSorted((a, b) => rank(a) - rank(b))) await noted(person);
    }
    console.log(`${operations.length} routes for ${Object.keys(there.people).length} people: ${asked} requests`);
    expect(faults).toEqual([]);
  }, 300_000);
});

describe("the document", () => {
  it("is OpenAPI 3.1 to the letter", () => expect(faultsIn(document, operations)).toEqual([]));
  it("describes what is answered, and nothing else", () => {
    expect(operations.map(({ key }) => key).toSorted()).toEqual(routesAnswered());
  });
  it("says which routes take a token", () => operations.forEach(expectSecurity));
});

/** Whoever may end the thing asks last. */
function rank({ role }: Person): number {
  return role === "driver" ? 1 : role === "customer" ? 2 : 3;
}

function parted(people: People, test: (person: Person) => boolean): [Person[], Person[]] {
  const all = Object.values(people);
  return [all.filter(test), all.filter((person) => !test(person))];
}

function firstLine(error: unknown): string {
  return String(error).split("\n")[0] ?? "";
}
