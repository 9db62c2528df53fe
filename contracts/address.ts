import { z } from "zod";

/** An actor's kind says which service it lives in. */
export const homes = {
  order: "ordering",
  venue: "ordering",
  endpoint: "ordering",
  outlet: "outlet",
  board: "kitchen",
  zone: "delivery",
  driver: "delivery",
  carrier: "delivery",
} as const satisfies Record<string, string>;
export type ActorKind = keyof typeof homes;
export type Service = (typeof homes)[ActorKind];

/** `{kind}/{tenant}/{id}`: the one address of an actor, in every envelope and every outbox. */
export const Address = z.templateLiteral([
  z.enum(["order", "venue", "endpoint", "outlet", "board", "zone", "driver", "carrier"]),
  "/",
  z.string().regex(/[a-z0-9-]+\/[a-zA-Z0-9_-]+/),
]);
export type Address = `${ActorKind}/${string}`;

export function addressOf(kind: ActorKind, tenant: string, id: string): Address {
  return `${kind}/${tenant}/${id}`;
}

export interface ParsedAddress {
  readonly kind: ActorKind;
  readonly service: Service;
  readonly tenant: string;
  readonly id: string;
  /** The Durable Object's name: `{tenant}/{id}`. */
  readonly name: string;
}

/** The parts of an address; throws on a text that is none, which only a bug can produce. */
export function parseAddress(address: Address): ParsedAddress {
  const [kind = "", tenant = "", id = ""] = address.split("/");
  if (!isKind(kind) || tenant === "" || id === "") throw new Error(`not an address: ${address}`);
  return { kind, service: homes[kind], tenant, id, name: `${tenant}/${id}` };
}

function isKind(text: string): text is ActorKind {
  return Object.hasOwn(homes, text);
}
