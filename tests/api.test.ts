import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Caller } from "./api/caller.ts";
import { startInstallation, type Installation } from "./api/installation.ts";
import { runDeliveries, runPickups, runVenue } from "./api/journey.ts";
import { contracts, keyOf } from "./api/operations.ts";

let there: Installation;
let caller: Caller;

beforeAll(async () => {
  there = await startInstallation();
  caller = new Caller(there.wire);
});
afterAll(() => there?.stop());

describe("what the API answers when all goes well", () => {
  it("has its contract's shape for a venue's day", () => runVenue(caller, there.people.admin, there.people.admin));
  it("has its contract's shape for orders that are fetched", () =>
    runPickups(caller, there.people.guest, there.people.staff));
  it("has its contract's shape for orders that are brought", () => runDeliveries(caller, there.people));
  it("was seen of every route", () => {
    const sockets = contracts.filter(({ socket }) => socket !== true).map(keyOf);
    expect(sockets.filter((key) => !caller.answeredWell.has(key))).toEqual([]);
  });
});
