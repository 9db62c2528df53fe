import { describe, expect, it } from "vitest";
import type { Carried, Fact } from "../../contracts/events.ts";
import { at, id, later, minute, ordered, pickedUp, ready, start, zone } from "./story-for-tests.ts";
import { viewOf } from "./view.ts";

const asked: Carried = { id: "bobs-post", name: "Bob's Post", state: "asked", tracking: null, silentSince: null };
const customer = { name: "Ada Lovelace", phone: null, email: "ada@example.org" };
const terms = { ...ordered().terms, channels: ["bobs-post", "own"] };
const byCarrier = { customer, terms };

function carriedBy(carrier: Carried | null, dropoffAt: number | null = null): Fact {
  return { type: "delivery.carrier-changed", data: { carrier, pickupAt: null, dropoffAt } };
}

function shown(story: ReturnType<typeof at>) {
  return viewOf(story.order, { tenant: "demo", id, seq: 1 }, "customer", story.now).delivery;
}

describe("an order that a carrier brings", () => {
  it("says by which channels it may go; one that the own drivers bring says nothing", () => {
    const request = (story: ReturnType<typeof at>) => story.said.find(({ type }) => type === "delivery.requested");
    expect(request(at("accepted", "delivery", byCarrier))?.data).toMatchObject({ channels: ["bobs-post", "own"] });
    expect(request(at("accepted", "delivery"))?.data).not.toHaveProperty("channels");
  });

  it("shows who is asked, that there is no answer, and that it is booked; and no carrier once it has none", () => {
    const story = at("accepted", "delivery", byCarrier);
    expect(shown(story)).not.toHaveProperty("carrier");
    story.news(carriedBy(asked));
    story.news(carriedBy({ ...asked, silentSince: start }));
    expect(shown(story)?.carrier).toEqual({ ...asked, silentSince: new Date(start).toISOString() });
    story.news(carriedBy({ ...asked, state: "booked", tracking: "BP1" }, later));
    expect(shown(story)).toMatchObject({ carrier: { state: "booked", tracking: "BP1" }, dropoffAt: new Date(later).toISOString() }); // prettier-ignore
    story.news(carriedBy(null));
    expect(shown(story)).not.toHaveProperty("carrier");
  });

  it("writes to its customer once, when it ships, and not at all where there is no address to write to", () => {
    const story = at("ready", "delivery", byCarrier);
    story.news(carriedBy({ ...asked, state: "shipped", tracking: "BP1" }, later));
    story.news(pickedUp);
    story.news(pickedUp);
    const shipped = (of: typeof story) => of.calls.filter(({ key }) => key.endsWith("/mail/shipped"));
    expect(shipped(story)).toEqual([
      {
        key: `${id}/mail/shipped`,
        kind: "mail",
        request: expect.objectContaining({ to: "ada@example.org", text: expect.stringContaining("BP1") }),
      },
    ]);
    expect(story.give({ type: "mail-outcome", about: "shipped", detail: null }, "mail")).toEqual(["mail-sent"]);
    const silent = at("ready", "delivery", { terms });
    silent.news(carriedBy(asked));
    silent.news(pickedUp);
    expect(silent.calls.filter(({ kind }) => kind === "mail")).toEqual([]);
    expect(shipped(at("over", "delivery", byCarrier))).toEqual([]);
  });

  it("is not given up while the carrier is down for six days, though somebody is told that it is late", () => {
    const story = at("accepted", "delivery", byCarrier);
    story.news(carriedBy(asked));
    story.news(ready);
    const late = Array.from({ length: 6 * 24 }, () => story.after(60 * minute)).flat();
    expect(late).toEqual(["attention-needed"]);
    expect(story.order.attention).toEqual(["carrier-late"]);
    story.news(carriedBy({ ...asked, state: "shipped" }));
    story.news(pickedUp);
    expect(story.news({ type: "delivery.delivered", data: { proof: "carrier" } }, zone)).toEqual(["delivered"]);
  });

  it("ends all the same where nobody ever tells it how", () => {
    const story = at("accepted", "delivery", byCarrier);
    story.news(carriedBy(asked));
    for (let days = 0; days < 130; days += 1) story.after(24 * 60 * minute);
    expect(story.order.stage.status).toBe("failed");
  });
});
