import { describe, expect, it } from "vitest";
import type { DriverMessage, DriverView, OfferView, TaskStage, TaskView } from "../../contracts/driver.ts";
import { newsIn, type Shown } from "./news.ts";

type Told = Exclude<DriverMessage, { type: "problem" }>;
type EventName = Extract<Told, { type: "event" }>["event"];

const task = (order: string, stage: TaskStage) => ({ order, code: order.toUpperCase(), stage }) as unknown as TaskView;
const offer = { order: "d", dropoff: { name: "Ada" } } as unknown as OfferView;
const view = (tasks: TaskView[], more: Partial<DriverView> = {}): DriverView =>
  ({ shift: { status: "on" }, offer: null, tasks, ...more }) as unknown as DriverView;
const snapshot = (driver: DriverView): Told => ({ type: "snapshot", seq: 1, driver });
const event = (name: EventName, order: string | null, reason: string | null, driver: DriverView): Told => ({
  type: "event",
  seq: 2,
  at: "2026-11-21T19:20:00.000Z",
  event: name,
  order,
  reason,
  driver,
});
const nobody = (): boolean => false;

/** What is told of the last of these, as the phone heard them one after the other. */
function told(messages: Told[], isOwn: (what: string, stage?: string) => boolean = nobody): string[][] {
  let shown: Shown = new Map();
  return messages.map((message) => {
    const next = newsIn(shown, message, isOwn, 0);
    shown = next.shown;
    return next.news.map(({ kind, label }) => `${kind} ${label}`);
  });
}

const both = snapshot(view([task("a", "to-venue"), task("b", "to-customer")], { offer }));

describe("what happens to a driver’s work without the driver", () => {
  it("is told with its reason", () => {
    const b = task("b", "to-customer");
    expect(told([both, event("task-ended", "a", "called-off", view([b], { offer }))])).toEqual([[], ["called-off A"]]);
    expect(told([both, event("task-ended", "a", "reassigned", view([b], { offer }))])[1]).toEqual(["reassigned A"]);
    expect(told([both, event("offer-ended", "d", "expired", view([task("a", "to-venue"), b]))])[1]).toEqual([
      "offer-expired Ada",
    ]);
    expect(told([both, event("task-ended", "b", "called-off", view([], { offer }))])[1]).toEqual(["food-left B"]);
    const back = view([task("a", "to-venue"), task("b", "returning")], { offer });
    expect(told([both, event("task-changed", "b", null, back)])[1]).toEqual(["to-return B"]);
    const off = view([], { shift: { status: "off" } });
    expect(told([snapshot(view([])), event("shift-ended", null, "idle", off)])[1]).toEqual(["shift-ended "]);
  });

  it("is not told of what was done by hand, nor of a step on the way", () => {
    const isOwn = (what: string): boolean => what === "a";
    expect(told([both, event("task-ended", "a", "reassigned", view([task("b", "to-customer")]))], isOwn)[1]).toEqual(
      [],
    );
    const there = view([task("a", "at-venue"), task("b", "to-customer")], { offer });
    expect(told([both, event("task-changed", "a", null, there)])[1]).toEqual([]);
    const off = view([], { shift: { status: "off" } });
    expect(told([snapshot(view([])), event("shift-ended", null, "asked", off)])[1]).toEqual([]);
    const taken = view([task("a", "to-venue"), task("b", "to-customer"), task("d", "to-venue")]);
    expect(told([both, event("task-given", "d", null, taken)])[1]).toEqual([]);
  });

  it("is told of food that has to come back, though its driver had just delivered it", () => {
    const back = view([task("a", "to-venue"), task("b", "returning")], { offer });
    const delivered = (what: string, stage?: string): boolean => what === "b" && stage === "to-customer";
    expect(told([both, event("task-changed", "b", null, back)], delivered)[1]).toEqual(["to-return B"]);
  });

  it("is told once, each for its own reason, by events that were missed and all come with the view of now", () => {
    const now = view([]);
    const missed = [
      event("offer-ended", "d", "expired", now),
      event("task-ended", "a", "called-off", now),
      event("task-ended", "b", "delivered", now),
    ];
    expect(told([both, ...missed, snapshot(now)])).toEqual([
      [],
      ["offer-expired Ada"],
      ["called-off A"],
      ["delivered B"],
      [],
    ]);
  });

  it("is told without a reason where a phone was away too long to be told one", () => {
    const off = view([], { shift: { status: "off" } });
    expect(told([both, snapshot(off)])[1]).toEqual(["shift-ended ", "offer-gone Ada", "gone A", "gone B"]);
  });
});
