import { describe, expect, it } from "vitest";
import { addressOf } from "../../contracts/address.ts";
import { day, hour, minute, Road, second } from "../carrier/carriers-for-tests.ts";
import { ZoneWorld } from "./zone-for-tests.ts";

const two = { "bobs-post": {}, "anns-bikes": {} };
const conflict = { refused: "conflict" };

describe("a delivery that staff give to somebody else", () => {
  it("by whom nothing is booked yet goes there at once", () => {
    const road = new Road(two);
    road.peer().fate = () => "down";
    const order = road.request(1, ["bobs-post"]);
    road.pass(minute);
    expect(road.move(order, "anns-bikes")).not.toHaveProperty("refused");
    road.pass(10 * second);
    expect([road.stage(order), road.stage(order, "anns-bikes")]).toEqual(["released", "booked"]);
    road.peer().fate = () => "answered";
    road.pass(day);
    expect(road.peer().inForce(order)).toBe(0);
  });

  it("is given back first by the carrier that has booked it, however long that takes, and is never with two", () => {
    const road = new Road(two);
    const order = road.request(1);
    road.pass(10 * second);
    road.peer().fate = () => "answer lost";
    road.move(order, "anns-bikes");
    road.pass(6 * hour);
    expect(road.delivery(order)).toMatchObject({ movingTo: "anns-bikes", stage: { carrier: { id: "bobs-post" } } });
    expect([road.stage(order), road.stage(order, "anns-bikes")]).toEqual(["withdrawing", undefined]);
    road.peer().fate = () => "answered";
    road.pass(hour);
    expect([road.stage(order), road.stage(order, "anns-bikes")]).toEqual(["released", "booked"]);
    expect(road.delivery(order)).not.toHaveProperty("movingTo");
    expect(road.inForce(order)).toBe(1);
  });

  it("stays where it is, and staff see so, when the carrier has fetched it meanwhile", () => {
    const road = new Road(two);
    const order = road.request(1);
    road.pass(10 * second);
    road.peer().move(order, "shipped");
    road.move(order, "anns-bikes");
    road.pass(minute);
    expect(road.delivery(order)).not.toHaveProperty("movingTo");
    expect(road.delivery(order).stage).toMatchObject({ carrier: { id: "bobs-post", state: "shipped" } });
    expect(road.zone.events.map(({ type }) => type)).toContain("move-failed");
    expect(road.move(order, "own")).toMatchObject(conflict);
    road.peer().move(order, "delivered");
    road.pass(hour);
    expect(road.delivery(order).stage.status).toBe("delivered");
  });

  it("to the own drivers is theirs for good, and comes back to them where the next carrier will not have it", () => {
    const road = new Road(two);
    const order = road.request(1, ["bobs-post", "own"]);
    road.pass(10 * second);
    road.move(order, "own");
    road.pass(hour);
    expect(road.delivery(order).stage.status).toBe("waiting");
    road.peer("anns-bikes").fate = () => "no";
    road.move(order, "anns-bikes");
    road.pass(10 * second);
    expect([road.stage(order, "anns-bikes"), road.delivery(order).stage.status]).toEqual(["released", "waiting"]);
    // Bob's books know this order by a booking that is over.
    expect(road.move(order, "bobs-post")).toMatchObject(conflict);
  });

  it("is taken from the driver who is to fetch it, but not from one who has the food", () => {
    const zone = new ZoneWorld();
    zone.comeOn("ada");
    const [first, second] = [zone.request(1), zone.request(2)];
    zone.fetch(first, "ada");
    zone.do({ type: "assign", order: second, driver: "ada" });
    expect(zone.do({ type: "move", order: first, to: "bobs-post" })).toMatchObject(conflict);
    zone.do({ type: "move", order: second, to: "bobs-post" });
    expect(zone.status(second)).toBe("with-carrier");
    expect(zone.factsTo(addressOf("driver", "demo", "ada")).at(-1)).toBe("driver.task-ended");
    expect(zone.factsTo(addressOf("carrier", "demo", "bobs-post"))).toEqual(["carrier.requested"]);
  });

  it("and cancelled meanwhile is taken back for good", () => {
    const road = new Road(two);
    const order = road.request(1);
    road.pass(10 * second);
    road.peer().fate = () => "down";
    road.move(order, "anns-bikes");
    road.callOff(order);
    road.peer().fate = () => "answered";
    road.pass(day);
    expect([road.stage(order), road.stage(order, "anns-bikes")]).toEqual(["called-off", undefined]);
    expect(road.inForce(order)).toBe(0);
  });

  it("goes nowhere twice, with no cash, and not once it is over", () => {
    const road = new Road(two);
    const [card, cash] = [road.request(1), road.request(2, ["own"], true)];
    road.pass(10 * second);
    expect(road.move(card, "bobs-post")).toEqual([]);
    expect(road.move(cash, "bobs-post")).toMatchObject(conflict);
    road.callOff(cash);
    expect(road.move(cash, "own")).toMatchObject(conflict);
    road.peer().fate = () => "down";
    road.move(card, "anns-bikes");
    expect(road.move(card, "anns-bikes")).toEqual([]);
    expect(road.move(card, "bobs-post")).toMatchObject(conflict);
  });
});
