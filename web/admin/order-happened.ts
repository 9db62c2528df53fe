import { z } from "zod";
import { EndReason } from "../../contracts/events.ts";
import { type EventView, RefundReason } from "../../contracts/order.ts";
import { clock, money } from "../shared/format.ts";
import { momentIn } from "./moment-in.ts";
import { attentionWords, orderWords } from "./order-words.ts";
import { pageWords } from "./order-page-words.ts";

/** What an event's body may say that is worth a word; all of it is optional, for newer code says other things. */
const Body = z
  .looseObject({
    by: z.string(),
    readyAt: z.number(),
    sendAt: z.number(),
    answerBy: z.number(),
    reason: z.string(),
    detail: z.string(),
    amount: z.number(),
    number: z.number(),
    confirmed: z.boolean(),
    device: z.string(),
    what: z.string(),
    about: z.string(),
    driver: z.looseObject({ name: z.string() }),
    carrier: z.looseObject({ name: z.string(), state: z.string() }).nullable(),
    pickupAt: z.number().nullable(),
    dropoffAt: z.number().nullable(),
    foresight: z.looseObject({ arriveAt: z.number().nullable(), doorAt: z.number().nullable() }),
  })
  .partial();

interface About {
  readonly timeZone: string;
  readonly currency: string;
}

export interface Happened {
  readonly title: string;
  /** What of it is worth saying; empty where the title says all. */
  readonly detail: string;
  readonly who: string;
  /** The id of a person or device; empty where it was a part of ours. */
  readonly id: string;
}

/** An event of an order's log as people say it. */
export function happened({ type, by, body }: EventView, { timeZone, currency }: About): Happened {
  const t = pageWords.value;
  const said = Body.safeParse(jsonOf(body)).data ?? {};
  const told = (at: number | null | undefined, words: (time: string) => string): string =>
    at === undefined || at === null ? "" : words(clock(at, timeZone));
  const details = [
    told(said.readyAt, t.until),
    said.sendAt === undefined ? "" : t.sentAt(momentIn(said.sendAt, timeZone)),
    told(said.answerBy, t.answerBy),
    said.amount === undefined || currency === "" ? "" : money(said.amount, currency),
    said.driver?.name ?? "",
    said.carrier?.name ?? "",
    t.carrierState[said.carrier?.state ?? ""] ?? "",
    told(said.pickupAt ?? said.foresight?.arriveAt, t.atCounter),
    told(said.dropoffAt ?? said.foresight?.doorAt, t.atDoor),
    said.what === undefined ? "" : attentionWords(said.what),
    reasonWords(said.reason),
    said.detail === undefined || said.detail === "" ? "" : `“${said.detail}”`,
  ];
  // The id of whose data were erased is none any more.
  const isCustomer = by === "person" && /^(?:(?:guest|sub|gst)[-_]|$)/.test(said.by ?? "");
  const isErasure = said.by === "erasure";
  return {
    title: titleOf(type, said),
    detail: details.filter((part) => part !== "").join(" · "),
    who: t.by[isErasure ? "erasure" : isCustomer ? "customer" : by] ?? by,
    id: said.device ?? (by === "person" && !isCustomer && !isErasure ? (said.by ?? "") : ""),
  };
}

function titleOf(type: string, { carrier, confirmed }: z.infer<typeof Body>): string {
  const t = pageWords.value;
  if (type === "carrier-changed" && carrier === null) return t.noCarrier;
  if (type === "food-returned" && confirmed === false) return t.foodGone;
  return t.events[type] ?? type;
}

function reasonWords(reason: string | undefined): string {
  const o = orderWords.value;
  const end = EndReason.safeParse(reason);
  const refund = RefundReason.safeParse(reason);
  // "late" and "other" are reasons of both; in an end's own event they read the same.
  return refund.success ? o.refund[refund.data] : end.success ? o.reason[end.data] : (reason ?? "");
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
