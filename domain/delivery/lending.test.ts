import { describe, expect, test } from "vitest";
import { isRefusal } from "../../contracts/problem.ts";
import { explainer } from "./explain.ts";
import { located } from "./sight.ts";
import { north } from "./zone-for-tests.ts";
import { zoneRules } from "./zone-rules.ts";
import { NeighbouringZones } from "./zones-for-tests.ts";

const minute = 60_000;

/** A zone without drivers beside one with Ada, who has nothing to do. */
function border(): NeighbouringZones {
  const zones = new NeighbouringZones("east", "west");
  zones.comeOn("ada", "west", north(400));
  zones.settle();
  return zones;
}

const seen = (zones: NeighbouringZones, id: string) => Object.keys(zones.zone(id).state.drivers);
const loans = (zones: NeighbouringZones) => zones.zone("west").state.loans ?? {};
const types = (zones: NeighbouringZones, id: string) => zones.zone(id).events.map(({ type }) => type);

describe("what nobody of a zone's own can bring in good time", () => {
  test("is offered to a neighbour's idle driver, brought, and the driver is back", () => {
    const zones = border();
    const order = zones.request("east", 1);
    zones.settle();
    expect(zones.twin("ada").state.offer).toMatchObject({ order, from: "zone/demo/east" });
    expect(loans(zones)).toMatchObject({ ada: { to: "zone/demo/east", order } });
    for (const type of ["accept", "arrive", "pick-up"] as const) zones.drive("ada", { type, order, driver: "ada" });
    zones.settle();
    expect(Object.keys(zones.twin("ada").state.tasks)).toEqual([order]);
    // At home nothing is asked meanwhile, however long it waits.
    const other = zones.request("west", 2);
    zones.settle();
    expect(zones.zone("west").state.deliveries[other]?.stage.status).toBe("waiting");
    expect(zones.do("west", { type: "assign", order: other, driver: "ada" })).toMatchObject({ refused: "conflict" });
    zones.drive("ada", { type: "deliver", order, driver: "ada", pin: "4321" });
    zones.settle();
    expect(zones.zone("east").state.deliveries[order]?.stage.status).toBe("delivered");
    expect(seen(zones, "east")).toEqual([]);
    expect(loans(zones)).toEqual({});
    expect(zones.twin("ada").state.offer).toMatchObject({ order: other, from: "zone/demo/west" });
    // A button pressed again is answered where it was pressed.
    zones.drive("ada", { type: "deliver", order, driver: "ada", pin: "4321" });
    expect(zones.zone("east").state.deliveries[order]?.stage.status).toBe("delivered");
  });

  test.each([
    [
      "declines",
      (zones: NeighbouringZones, order: string) => zones.drive("ada", { type: "decline", order, driver: "ada" }),
    ],
    ["lets it run out", (zones: NeighbouringZones) => zones.pass(31_000)],
  ])("comes back at once who %s, and is not asked for it again", (_, answer) => {
    const zones = border();
    const order = zones.request("east", 1);
    zones.settle();
    answer(zones, order);
    zones.settle();
    expect([seen(zones, "east"), loans(zones)]).toEqual([[], {}]);
    expect(zones.twin("ada").state.offer).toBeNull();
    zones.pass(29_000);
    expect(zones.twin("ada").state.offer).toBeNull();
  });

  test("leaves with the shift: the offer ends, and the driver is in no zone", () => {
    const zones = border();
    const order = zones.request("east", 1);
    zones.settle();
    expect(isRefusal(zones.phone("ada", { type: "end-shift" }))).toBe(false);
    zones.settle();
    expect([seen(zones, "east"), seen(zones, "west"), loans(zones)]).toEqual([[], [], {}]);
    expect(zones.zone("east").state.deliveries[order]?.stage.status).toBe("waiting");
    expect(zones.twin("ada").state.offer).toBeNull();
  });

  test("who is back on shift before the neighbour has heard is asked for nothing until it has", () => {
    const zones = border();
    zones.request("east", 1);
    zones.settle();
    zones.phone("ada", { type: "end-shift" });
    zones.comeOn("ada", "west", north(400));
    // What the driver says reaches the zone; what zones say to each other does not yet.
    const own = zones.streams.find(({ from, to }) => from === "driver/demo/ada" && to === "zone/demo/west");
    while ((own?.facts.length ?? 0) > 0)
      zones.arrive(zones.streams.filter(({ facts }) => facts.length > 0).indexOf(own!));
    zones.request("west", 2);
    expect(types(zones, "west")).not.toContain("offered");
    zones.settle();
    expect(loans(zones)).toEqual({});
    expect(types(zones, "west")).toContain("offered");
  });

  test("a fact that was given up leaves nobody in no zone: the lender asks, and believes a no", () => {
    const zones = border();
    zones.request("east", 1);
    zones.arrive();
    // The question is answered; what it says never arrives.
    for (let tries = 0; Object.keys(loans(zones)).length === 0 && tries < 9; tries += 1) zones.arrive();
    zones.giveUp(0);
    zones.settle();
    expect([seen(zones, "east"), Object.keys(loans(zones))]).toEqual([[], ["ada"]]);
    zones.pass(3 * minute);
    expect(types(zones, "west")).toContain("loan-questioned");
    expect(Object.values(loans(zones)).every(({ no }) => no > 1)).toBe(true);
  });

  test("a driver who comes too late is not taken on", () => {
    const zones = border();
    const order = zones.request("east", 1);
    for (let tries = 0; Object.keys(loans(zones)).length === 0 && tries < 9; tries += 1) zones.arrive();
    zones.now += 3 * minute;
    zones.settle();
    const { events } = zones.zone("east");
    expect(events).toContainEqual(expect.objectContaining({ type: "driver-returned", driver: "ada", loan: 1 }));
    expect(events).not.toContainEqual(expect.objectContaining({ type: "driver-borrowed", loan: 1 }));
    // Still needed, and so asked for anew.
    expect(zones.twin("ada").state.offer).toMatchObject({ order });
    expect(loans(zones)).toMatchObject({ ada: { no: 2 } });
  });

  test("a phone gone silent on the way there loses it, and is given back", () => {
    const zones = border();
    const order = zones.request("east", 1);
    zones.settle();
    zones.drive("ada", { type: "accept", order, driver: "ada" });
    const silentSince = zones.now;
    for (let at = 0; at < 6; at += 1) {
      zones.now += minute;
      for (const [name, dueAt] of Object.entries(zoneRules.deadlines(zones.zone("east").state))) {
        if (dueAt <= zones.now) zones.do("east", zoneRules.timeout(name), "timer");
      }
      zones.settle(() => silentSince);
    }
    expect(types(zones, "east")).toContain("unassigned");
    expect(seen(zones, "east")).toEqual([]);
    expect(loans(zones)).toEqual({});
  });
});

describe("nobody is lent", () => {
  test("whom the zone needs: an order of its own waits, or as many came lately as there are drivers", () => {
    const zones = border();
    // Its food takes a while still, so that nobody is asked yet.
    zones.request("west", 2, zones.now + 40 * minute);
    zones.request("east", 1);
    zones.settle();
    expect(loans(zones)).toEqual({});
    zones.comeOn("bob", "west", north(2_000));
    zones.settle();
    zones.pass(2 * minute);
    expect(loans(zones)).toEqual({});
    // Three drivers are one more than waits and came.
    zones.comeOn("eve", "west", north(2_000));
    zones.settle();
    zones.pass(minute);
    expect(Object.keys(loans(zones))).toEqual(["ada"]);
  });

  test("who is too far off, is silent, or is at the end of the shift", () => {
    const zones = new NeighbouringZones("east", "west");
    zones.comeOn("far", "west", north(20_000));
    zones.phone("late", {
      type: "begin-shift",
      zone: "west",
      name: "late",
      vehicle: "bike",
      point: north(900),
      until: zones.now + minute,
    });
    zones.comeOn("mute", "west", north(100));
    zones.settle();
    zones.now += 4 * minute;
    for (const id of ["far", "late"]) {
      const west = zones.zone("west");
      west.state = located(west.state, id, north(id === "far" ? 20_000 : 900), zones.now, zones.now);
    }
    zones.request("east", 1);
    zones.settle();
    expect(loans(zones)).toEqual({});
  });

  test("where the own drivers are in good time, or the zone has no neighbours", () => {
    const zones = border();
    zones.comeOn("bob", "east", north(500));
    zones.settle();
    zones.request("east", 1, zones.now + 5 * minute);
    zones.settle();
    expect(types(zones, "east")).not.toContain("help-wanted");
    const alone = new NeighbouringZones("east");
    alone.request("east", 1);
    expect(types(alone, "east")).not.toContain("help-wanted");
  });

  test("to another tenant's zone", () => {
    const zones = border();
    const wanted = {
      order: "o",
      pickup: north(0),
      door: null,
      readyAt: zones.now,
      reach: 600_000,
      until: zones.now + minute,
      but: [],
    };
    const zone = "zone/rival/east";
    expect(zones.do("west", { type: "lend", zone, ...wanted })).toMatchObject({ refused: "forbidden" });
  });
});

test("who dispatches sees who helps out where, and that neighbours are asked", () => {
  const zones = border();
  const order = zones.request("east", 1);
  const east = () => zones.zone("east").state;
  const why = () => explainer(east(), zones.now)(east().deliveries[order]!);
  expect(why()).toMatchObject({ why: "neighbours-asked", contenders: [] });
  zones.settle();
  expect(why()).toMatchObject({ why: "asked", contenders: [{ driver: "ada", why: "asked" }] });
  const other = zones.request("west", 2);
  const west = zones.zone("west").state;
  expect(explainer(west, zones.now)(west.deliveries[other]!).contenders).toMatchObject([
    { driver: "ada", why: "lent" },
  ]);
});
