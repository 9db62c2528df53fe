import { describe, expect, it } from "vitest";
import { Envelope, eventTypeOf, factIn, Message } from "./envelope.ts";
import { facts, type FactType } from "./events.ts";
import { factsAsSaid } from "./facts-for-tests.ts";

const types = Object.keys(facts) as FactType[];
const said = types.flatMap((type) => factsAsSaid[type].map((data) => [type, data] as const));

/** A fact on its way, as version 1 of the envelope says it. */
function enclosed(type: FactType, data: object): Envelope {
  const [from, to] = ["order/demo/o", "board/demo/v"] as const;
  const id = `${from}>${to}#1`;
  return {
    specversion: "1.0", id, source: "/tenants/demo/orders/o", type: eventTypeOf(type), subject: "o",
    time: "2026-11-21T12:00:00.000Z", datacontenttype: "application/json", data, tenant: "demo", from, to,
    sequence: 1, correlationid: "o", causationid: `${from}#1`,
  }; // prettier-ignore
}

/** The same from a newer sender, which has something more to say in every place. */
function newer(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.map((each) => newer(each));
  // A text's fields are languages.
  if (typeof value !== "object" || value === null || key === "name") return value;
  const fields = Object.entries(value).map(([name, each]) => [name, newer(each, name)] as const);
  return { ...Object.fromEntries(fields), sinceLater: { of: "course" } };
}

const carried = (envelope: unknown): object => factIn(Message.parse({ facts: [envelope], acks: [] }).facts[0]!).data;

describe("while old and new code run side by side", () => {
  it.each(said)("what old code says with %s is understood whole: %j", (type, data) => {
    expect(carried(enclosed(type, data))).toEqual(data);
  });

  it.each(said)("what newer code says with %s besides is passed over: %j", (type, data) => {
    const later = newer(enclosed(type, data));
    expect(later).toMatchObject({ data: { sinceLater: {} }, sinceLater: {} });
    expect(carried(later)).toEqual(data);
  });

  it("nothing newer code says with the envelope is lost on its way through a dead letter and back", () => {
    const later = Envelope.parse(newer(enclosed("ticket.ready", { by: "tablet" })));
    expect(later).toMatchObject({ sinceLater: {}, data: { sinceLater: {} } });
  });

  it("a kind of fact that is not known yet is refused whole, so that it comes again after the deployment", () => {
    const unknown = { ...enclosed("ticket.ready", {}), type: "comanda.ticket.sung.v1" };
    expect(() => factIn(unknown)).toThrow("unknown fact type");
  });
});
