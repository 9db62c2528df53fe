import { z } from "zod";
import { Parcel } from "../../contracts/carrier.ts";
import { epochMs, rfc3339 } from "../../contracts/time.ts";
import type { Booking } from "../../domain/carrier/booking.ts";
import type { Settings } from "../../domain/carrier/carrier.ts";
import { keyOf } from "../../domain/carrier/calls.ts";
import type { Asked, Reply, Told } from "../../domain/carrier/command.ts";
import { urlFault } from "../../domain/endpoint/safe-url.ts";

/** Bytes; an answer that goes on longer is none of ours. */
const mostRead = 64 * 1024;
/** Characters of what a carrier says for a reason. */
const longestReason = 300;

const Quoted = z.object({
  id: z.string().min(1).max(200),
  price: z.object({ amount: z.int().nonnegative(), currency: z.string().regex(/^[A-Z]{3}$/) }),
});
const Withdrawn = z.object({ status: z.literal("withdrawn") });
const TooLate = z.object({ parcel: Parcel });
const Trouble = z.object({ detail: z.string().optional(), title: z.string().optional() });

/** What of the settings a call needs, with the secret in plain. */
export type Access = Pick<Settings, "url" | "secret" | "answerWithinMs">;

/** One attempt at one call. Never throws: no answer, or one that is not understood, is a reply as well. */
export async function callCarrier(access: Access, carrier: string, asked: Asked, booking: Booking): Promise<Reply> {
  const fault = urlFault(access.url, true);
  if (fault !== null) return unanswered(`address not allowed: ${fault}`);
  const { method, path, body } = requestOf(carrier, asked, booking);
  // Not AbortSignal.timeout: while its timer runs, answered or not, the object is kept from hibernating.
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(new Error("no answer in time")), access.answerWithinMs);
  try {
    const response = await fetch(access.url + path, {
      method,
      headers: {
        authorization: `Bearer ${access.secret}`,
        accept: "application/json",
        ...(body === null ? {} : { "content-type": "application/json", "idempotency-key": asked.key }),
      },
      body: body === null ? null : JSON.stringify(body),
      // It would lead past the check of the address.
      redirect: "manual",
      signal: patience.signal,
    });
    return replyOf(asked, response, await jsonOf(response));
  } catch (error) {
    return unanswered(error instanceof Error ? error.message : String(error));
  } finally {
    clearTimeout(timer);
  }
}

/** A parcel with its times as the domain has them. */
export function toldOf({ id, status, tracking, pickupAt, dropoffAt }: Parcel): Told {
  // It is read out in mails and on pages, where a line of its own would be somebody else's words.
  const line = tracking === null ? null : tracking.replaceAll(/\p{Cc}+/gu, " ").trim() || null;
  return { id, status, tracking: line, pickupAt: epochMs(pickupAt), dropoffAt: epochMs(dropoffAt) };
}

interface Sent {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body: object | null;
}

function requestOf(carrier: string, { order, call }: Asked, { request, quote, id, stage }: Booking): Sent {
  const { code, pickup, dropoff, readyAt } = request;
  switch (call) {
    case "quote":
      return {
        method: "POST",
        path: "/quotes",
        body: { reference: order, code, pickup, dropoff, readyAt: rfc3339(readyAt) },
      };
    case "book":
      return { method: "POST", path: "/bookings", body: { reference: order, quote: quote?.id ?? "" } };
    case "track":
      return { method: "GET", path: `/bookings/${encodeURIComponent(id ?? "")}`, body: null };
    case "cancel": {
      // By the booking's key, for its id may never have come here.
      const booking = keyOf(order, carrier, "book", "no" in stage ? stage.no : 0);
      return { method: "POST", path: "/withdrawals", body: { reference: order, booking } };
    }
  }
}

function replyOf({ call, order }: Asked, response: Response, answer: unknown): Reply {
  const { status, ok } = response;
  if (call === "cancel" && status === 409) {
    const late = TooLate.safeParse(answer).data;
    return late === undefined ? unanswered("it answered 409 without a parcel") : { result: "too-late", parcel: toldOf(late.parcel) };
  }
  const reason = reasonOf(answer) ?? `it answered ${status}`;
  if (!ok) {
    if (call === "book" && status === 410) return { result: "refused", why: reason, again: true };
    const isNo = (call === "quote" || call === "book") && [400, 402, 404, 422].includes(status);
    if (isNo) return { result: "refused", why: reason, again: false };
    return unanswered(`it answered ${status}`, retryAfterOf(response));
  }
  const misread = unanswered(`its answer to ${call} was not understood`);
  switch (call) {
    case "quote": {
      const quote = Quoted.safeParse(answer).data;
      return quote === undefined ? misread : { result: "quoted", quote };
    }
    case "book":
    case "track": {
      const parcel = Parcel.safeParse(answer).data;
      // What is said of another order's parcel must not move this one.
      return parcel === undefined || parcel.reference !== order ? misread : { result: "told", parcel: toldOf(parcel) };
    }
    case "cancel":
      return Withdrawn.safeParse(answer).success ? { result: "withdrawn" } : misread;
  }
} // prettier-ignore

function unanswered(why: string, retryAfterMs = 0): Reply {
  return { result: "unanswered", why: why.slice(0, longestReason), retryAfterMs };
}

function reasonOf(answer: unknown): string | null {
  const trouble = Trouble.safeParse(answer).data;
  return (trouble?.detail ?? trouble?.title)?.slice(0, longestReason) ?? null;
}

function retryAfterOf({ headers }: Response): number {
  const seconds = Number(headers.get("retry-after") ?? "0");
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : 0;
}

async function jsonOf(response: Response): Promise<unknown> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > mostRead) return null;
    parts.push(part);
  }
  try {
    return JSON.parse(new TextDecoder().decode(Buffer.concat(parts)));
  } catch {
    return null;
  }
}
