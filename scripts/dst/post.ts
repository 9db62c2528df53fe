import { Parcel as ParcelView } from "../../contracts/carrier.ts";
import type { CarrierObject } from "../../workers/delivery/carrier-object.ts";
import { mayBecome, quoteFor, QuoteRequest, readQuote, shown, type Parcel } from "../../workers/sandbox/carriers/parcel.ts"; // prettier-ignore
import type { Cloud } from "./cloud.ts";
import { overLine, requestOf, type Reply, type Request } from "./line.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
export const callbackSecret = "what-the-carrier-says-to-us";
const mostTries = 3;

/** All carriers there are: the sandbox's own rules, each with books per tenant, behind lines as bad as they come. */
export class Post {
  /** By `{tenant}/{carrier}`. */
  readonly parcels = new Map<string, Parcel[]>();
  /** Since when (epoch ms) carriers are down, by their ids. */
  readonly down = new Map<string, number>();
  private readonly withdrawn = new Set<string>();
  /** By whose and which key: the quote that was to be booked. */
  private readonly quotes = new Map<string, string>();
  private readonly cloud: Cloud;

  constructor(cloud: Cloud) {
    this.cloud = cloud;
  }

  /** Where a tenant's carrier is found. */
  url(tenant: string, carrier: string): string {
    return `https://post.comanda.dev/${tenant}/${carrier}`;
  }

  fetch(url: string, init: RequestInit): Promise<object> {
    const request = requestOf(url, init);
    const [, tenant = "", carrier = "", ...rest] = request.path.split("/");
    const act = (): Reply => {
      const reply = this.act(`${tenant}/${carrier}`, rest, request);
      this.cloud.story.tell(`${request.method} ${rest.join("/")} → ${carrier}: ${reply.status}`);
      return reply;
    };
    const down = this.down.get(carrier);
    const whose = down !== undefined && this.cloud.clock.now - down > 2 * day ? "carrier for days" : "carrier";
    return overLine(this.cloud, whose, down !== undefined, init, act);
  }

  /** What all carriers of a tenant have had of an order, whatever became of it. */
  of(tenant: string, order: string): Parcel[] {
    const mine = [...this.parcels].filter(([whose]) => whose.startsWith(`${tenant}/`));
    return mine.flatMap(([, parcels]) => parcels).filter(({ reference }) => reference === order);
  }

  private act(whose: string, [what, id]: readonly string[], { header, body }: Request): Reply {
    const { clock } = this.cloud;
    const key = header("idempotency-key");
    const mine = this.parcels.get(whose) ?? [];
    this.parcels.set(whose, mine);
    const asked: { reference?: string; quote?: string; booking?: string } = body === "" ? {} : JSON.parse(body);
    if (what === "quotes") {
      const { id: quote, amount } = quoteFor(QuoteRequest.parse(asked), clock.now);
      return { status: 200, body: { id: quote, price: { amount, currency: "EUR" } } };
    }
    if (what === "bookings" && id !== undefined) {
      const parcel = mine.find((one) => one.id === id);
      return parcel === undefined ? { status: 404, body: {} } : { status: 200, body: shown(parcel) };
    }
    if (what === "bookings") return this.book(whose, key, asked.reference ?? "", asked.quote ?? "");
    if (what !== "withdrawals") throw new Error(`a carrier has no ${what}`);
    const booking = asked.booking ?? "";
    const known = mine.find((one) => one.key === booking);
    if (known !== undefined && known.status !== "withdrawn" && !this.move(whose, known.id, "withdrawn"))
      return { status: 409, body: { parcel: shown(known) } };
    this.withdrawn.add(`${whose} ${booking}`);
    return { status: 200, body: { status: "withdrawn" } };
  }

  private book(whose: string, key: string, reference: string, quote: string): Reply {
    const { clock, chance, broken } = this.cloud;
    if ((this.quotes.get(`${whose} ${key}`) ?? quote) !== quote) broken.push(`under ${key} there are two bookings`);
    this.quotes.set(`${whose} ${key}`, quote);
    const mine = this.parcels.get(whose) ?? [];
    const known = mine.find((one) => one.key === key);
    if (known !== undefined) return { status: 201, body: shown(known) };
    if (this.withdrawn.has(`${whose} ${key}`)) return { status: 422, body: { detail: "withdrawn before it came" } };
    const offer = readQuote(quote);
    if (offer === null) return { status: 422, body: { detail: "no such quote" } };
    if (offer.until < clock.now) return { status: 410, body: { detail: "the quote has run out" } };
    const [tenant = "", carrier = ""] = whose.split("/");
    const held = this.of(tenant, reference).filter(({ status }) => status !== "withdrawn");
    if (held.length > 0) broken.push(`${reference} was booked with ${carrier} while a carrier had it`);
    const { now } = clock;
    const id = `parcel_${carrier}_${mine.length + 1}`;
    const parcel: Parcel = { key, id, reference, status: "booked", tracking: `T${mine.length + 1}`, price: offer.amount, currency: "EUR", pickupAt: now + 20 * minute, dropoffAt: now + 60 * minute, changedAt: now }; // prettier-ignore
    mine.push(parcel);
    clock.in(chance.between(5, 90) * minute, () => {
      if (!this.move(whose, id, "shipped")) return;
      const isLost = chance.hits(0.05);
      clock.in(chance.between(20, 300) * minute, () => this.move(whose, id, isLost ? "lost" : "delivered"));
    });
    return { status: 201, body: shown(parcel) };
  }

  /** Whether the parcel could become that; the shop is told of it, now or later, once or twice, or not at all. */
  private move(whose: string, id: string, to: Parcel["status"]): boolean {
    const { cloud } = this;
    const { clock, chance, story } = cloud;
    const mine = this.parcels.get(whose) ?? [];
    const at = mine.findIndex((one) => one.id === id);
    const before = mine[at];
    if (before === undefined || !mayBecome(before.status, to)) return false;
    const parcel = { ...before, status: to, changedAt: clock.now };
    mine[at] = parcel;
    story.tell(`${whose}: ${id} of ${parcel.reference} is ${to}`);
    const [, carrier = ""] = whose.split("/");
    const copies = this.down.has(carrier) ? 0 : chance.of([0, 1, 1, 1, 2]);
    for (let copy = 0; copy < copies; copy += 1)
      clock.in(chance.of([50, 5_000, 120 * minute]), () => this.tell(whose, ParcelView.parse(shown(parcel)), 1));
    return true;
  }

  private async tell(whose: string, parcel: ParcelView, tries: number): Promise<void> {
    const { cloud } = this;
    const caller = { name: "front door", alive: () => {} };
    const ask = { by: whose, key: null, fingerprint: null, traceparent: `00-${"3".repeat(32)}-${"2".repeat(16)}-01` };
    try {
      await cloud.namespace<CarrierObject>("carrier", caller).getByName(whose).tell(parcel, callbackSecret, ask);
    } catch {
      if (tries < mostTries) cloud.clock.in(1_000, () => this.tell(whose, parcel, tries + 1));
    }
  }
}
