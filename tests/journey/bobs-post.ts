import { z } from "zod";
import { BookingView, CarrierView } from "../../contracts/carrier.ts";
import { paymentSecret } from "../harness.ts";
import type { Reply, Restaurant } from "./restaurant.ts";

const Entry = z.object({ parcel: z.string(), reference: z.string(), kind: z.string() });
const Ledger = z.object({ entries: z.array(Entry), next: z.int().nullable() });
const Mailbox = z.object({ mails: z.array(z.object({ to: z.string(), subject: z.string(), text: z.string() })) });
const callbackSecret = "what-bob-shows-us-0123";

/** The sandbox's carrier as one restaurant works with it: its settings with us, its switches, its own books. */
export class BobsPost {
  readonly place: Restaurant;
  readonly id: string;

  private constructor(place: Restaurant, id: string) {
    this.place = place;
    this.id = id;
  }

  /** Signs the restaurant up with the carrier, and has every delivery brought by `channels`. */
  static async of(place: Restaurant, channels = ["bobs-post"], settings: object = {}): Promise<BobsPost> {
    const bob = new BobsPost(place, "bobs-post");
    await bob.agree(settings);
    const callbackUrl = `${place.harness.baseUrl}/v1/tenants/${place.tenant}/carriers/${bob.id}/callbacks`;
    await bob.say("PUT", "/portal", { callbackUrl, callbackSecret });
    await place.configure({ channels });
    return bob;
  }

  async agree(settings: object): Promise<Reply> {
    const url = `${this.place.harness.sandboxUrl}/carriers/${this.place.tenant}/${this.id}`;
    const body = { name: "Bob's Post", url, secret: paymentSecret, callbackSecret, silentAfter: "PT2S", ...settings };
    const reply = await this.place.ask(this.place.admin, "PUT", `/v1/carriers/${this.id}`, { body });
    if (reply.status !== 200) throw new Error(`no agreement: ${reply.status} ${reply.text}`);
    return reply;
  }

  /** Its faults; none where nothing is given. */
  async faults(faults: object = {}): Promise<void> {
    await this.say("PUT", "/faults", faults);
  }

  async move(order: string, to: "shipped" | "delivered" | "lost"): Promise<void> {
    const parcel = (await this.entries()).find(({ reference }) => reference === order)?.parcel;
    await this.say("POST", `/parcels/${parcel}/${to}`, {});
  }

  /** What its own books say of an order. */
  async books(order: string): Promise<string[]> {
    return (await this.entries()).filter(({ reference }) => reference === order).map(({ kind }) => kind);
  }

  async view(): Promise<CarrierView> {
    const reply = await this.place.ask(this.place.admin, "GET", `/v1/carriers/${this.id}`);
    return CarrierView.parse(JSON.parse(reply.text));
  }

  async booking(order: string): Promise<BookingView | undefined> {
    const reply = await this.place.ask(this.place.staff, "GET", `/v1/carriers/${this.id}/bookings?status=all`);
    const { bookings } = z.object({ bookings: z.array(BookingView) }).parse(JSON.parse(reply.text));
    return bookings.find((one) => one.order === order);
  }

  async mails(to: string): Promise<z.infer<typeof Mailbox>["mails"]> {
    const query = new URLSearchParams({ account: this.place.tenant, to });
    const response = await fetch(`${this.place.harness.sandboxUrl}/mailbox?${query.toString()}`);
    return Mailbox.parse(await response.json()).mails;
  }

  /** A callback as somebody sends it who may not be Bob. */
  async callBack(body: object, secret = callbackSecret): Promise<number> {
    const path = `/v1/tenants/${this.place.tenant}/carriers/${this.id}/callbacks`;
    const headers = { "content-type": "application/json", "x-carrier-secret": secret };
    const url = this.place.harness.baseUrl + path;
    return (await fetch(url, { method: "POST", headers, body: JSON.stringify(body) })).status;
  }

  private async entries(): Promise<z.infer<typeof Entry>[]> {
    return Ledger.parse(await this.say("GET", "/ledger?limit=1000")).entries;
  }

  private async say(method: string, path: string, body?: object): Promise<unknown> {
    const url = `${this.place.harness.sandboxUrl}/carriers/${this.place.tenant}/${this.id}${path}`;
    const json = body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const response = await fetch(url, { method, ...json });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  } // prettier-ignore
}
