import { describe, expect, it } from "vitest";
import type { PushEnd } from "../../contracts/push.ts";
import { isRefusal, type Refusal } from "../../contracts/problem.ts";
import { erasedOrder } from "./erase.ts";
import { OrderPush } from "./notice.ts";
import { accepted, at, captured, id, ordered, pickedUp, ready, type Story } from "./story-for-tests.ts";

const withMail = { customer: { name: "Ada Lovelace", phone: null, email: "ada@example.org" } };
const inBerlin = { terms: { ...ordered().terms, timeZone: "Europe/Berlin" } };

function subscribe(story: Story, subscription = "sub_1", language: string | null = null): string[] | Refusal {
  return story.give({ type: "subscribe-push", subscription, language });
}

function end(story: Story, push: OrderPush, result: PushEnd): string[] | Refusal {
  const { about, of, subscription } = push;
  return story.give({ type: "push-outcome", about, of, subscription, end: result }, "push");
}

const pushesOf = ({ calls }: Story) => calls.flatMap((call) => (call.kind === "push" ? [OrderPush.parse(call.request)] : [])); // prettier-ignore
const mailsOf = ({ calls }: Story) => calls.flatMap((call) => (call.kind === "mail" ? [Object(call.request)] : []));

describe("a customer who wants to be told", () => {
  it("hears of what matters, each once, under one key, for as long as it is worth something", () => {
    const story = at("sent", "delivery", { ...withMail, ...inBerlin });
    subscribe(story);
    story.news(accepted);
    story.pay(captured);
    story.news(ready);
    story.news(pickedUp);
    story.news({ type: "delivery.near", data: {} });
    story.news({ type: "delivery.delivered", data: { proof: "photo" } });
    const pushes = pushesOf(story);
    expect(pushes.map(({ about }) => about)).toEqual(["accepted", "under-way", "near", "over"]);
    expect(pushes.map(({ message }) => message.title)).toEqual([
      "Tasca has accepted your order KT47",
      "Your order KT47 is on its way",
      "Your order KT47 is almost there",
      "Your order KT47 is with you",
    ]);
    // 18:30 in UTC.
    expect(pushes[0]?.message).toMatchObject({ body: "It will be ready about 19:30.", url: `/demo/orders/${id}`, tag: id }); // prettier-ignore
    expect(pushes[2]).toMatchObject({ urgency: "high", ttlMs: 600_000, topic: id });
    expect(new Set(story.calls.map(({ key }) => key)).size).toBe(story.calls.length);
    expect(mailsOf(story)).toEqual([]);
    expect(story.order.provedBy).toBe("photo");
  });

  it("is told in the language asked for, with the reason and what becomes of the money", () => {
    const story = at("accepted", "pickup");
    subscribe(story, "sub_1", "de-AT");
    subscribe(story, "sub_2");
    story.cancel("staff");
    const [german, english] = pushesOf(story).map(({ message }) => message);
    expect(german?.title).toBe("Bestellung KT47 ist storniert");
    expect(german?.body).toMatch(/^Das Restaurant hat sie storniert. “Changed my mind.” 28,00\s€ kommen zurück.$/);
    expect(english?.body).toMatch(/^The restaurant cancelled it. “Changed my mind.” You get €28.00 back.$/);
  });

  it("who has not been charged is told so", () => {
    const story = at("sent");
    subscribe(story);
    story.after(6 * 60_000);
    expect(pushesOf(story)[0]?.message.body).toBe("The restaurant did not answer in time. Nothing is charged.");
  });

  it("is one of five browsers at most, each known once", () => {
    const story = at("sent");
    for (const each of ["a", "b", "c", "d", "e"]) expect(subscribe(story, each)).toEqual(["push-subscribed"]);
    expect(subscribe(story, "a")).toEqual([]);
    expect(subscribe(story, "f")).toMatchObject({ refused: "conflict" });
    story.give({ type: "unsubscribe-push", subscription: "a" });
    expect(subscribe(story, "f")).toEqual(["push-subscribed"]);
    story.cancel();
    expect(isRefusal(Object(subscribe(story, "g")))).toBe(true);
  });
});

describe("a customer with an address and no browser that listens", () => {
  it("is written to of the few things that matter", () => {
    const story = at("over", "delivery", withMail);
    expect(mailsOf(story).map(({ about }) => about)).toEqual(["accepted", "under-way"]);
    const fetched = at("over", "pickup", { ...withMail, language: "de" });
    expect(mailsOf(fetched).map(({ subject }) => subject)).toEqual([
      "Tasca hat Bestellung KT47 angenommen",
      "Bestellung KT47 ist fertig",
    ]);
    const lost = at("sent", "pickup", withMail);
    lost.after(6 * 60_000);
    expect(mailsOf(lost)).toMatchObject([{ about: "ended", to: "ada@example.org" }]);
    expect(mailsOf(at("over", "delivery"))).toEqual([]);
  });

  it("is written to when the last browser takes no push, and not before", () => {
    const story = at("sent", "pickup", withMail);
    subscribe(story, "sub_1");
    subscribe(story, "sub_2");
    story.news(accepted);
    const [one, two] = pushesOf(story);
    end(story, one!, { result: "gone" });
    expect(mailsOf(story)).toEqual([]);
    end(story, two!, { result: "failed", detail: "the push service answered 500" });
    expect(mailsOf(story)).toMatchObject([{ about: "accepted" }]);
    // The browser that is gone is not asked again.
    story.news(ready);
    expect(pushesOf(story).slice(2).map(({ subscription }) => subscription)).toEqual(["sub_2"]); // prettier-ignore
  });

  it("is not written to where one browser has taken it, whichever answers first", () => {
    for (const order of [[0, 1], [1, 0]] as const) {
      const story = at("sent", "pickup", withMail);
      subscribe(story, "sub_1");
      subscribe(story, "sub_2");
      story.news(accepted);
      const pushes = pushesOf(story);
      const results: PushEnd[] = [{ result: "sent" }, { result: "gone" }];
      for (const at of order) end(story, pushes[at]!, results[at]!);
      expect(mailsOf(story)).toEqual([]);
    } // prettier-ignore
  });
});

it("nothing is left of a browser or a photo once the order is erased", () => {
  const story = at("out-for-delivery", "delivery");
  subscribe(story);
  expect(story.give({ type: "keep-proof", digest: "d", bytes: 9 })).toEqual(["proof-kept"]);
  expect(story.give({ type: "keep-proof", digest: "d", bytes: 9 })).toEqual([]);
  expect(erasedOrder(story.order)).not.toHaveProperty("push");
  expect(erasedOrder(story.order)).not.toHaveProperty("photo");
});

it("food that could not be handed over comes back, and the order and its money stay as they are", () => {
  const story = at("out-for-delivery", "delivery");
  const said = story.saying(() =>
    story.news({ type: "delivery.failed", data: { reason: "delivery-failed", detail: "Nobody.", returning: true } }),
  );
  expect(said).toContain("board order.food-returning");
  expect(story.order).toMatchObject({ food: "returning", stage: { status: "failed" }, payment: { step: "refunding" } });
  expect(story.saying(() => story.news({ type: "delivery.returned", data: { confirmed: true } }))).toContain(
    "board order.food-returning",
  );
  expect(story.order).toMatchObject({ food: "returned", stage: { status: "failed" } });
  expect(story.news({ type: "delivery.returned", data: { confirmed: true } })).toEqual([]);
});

it("a photo shows how a delivery was handed over, and nothing else", () => {
  for (const story of [at("sent", "delivery"), at("over", "delivery"), at("ready", "pickup")]) {
    expect(story.give({ type: "keep-proof", digest: "d", bytes: 9 })).toMatchObject({ refused: "conflict" });
  }
});
