import { randomUUID } from "node:crypto";
import { z } from "zod";
import { TicketView } from "../../contracts/kitchen.ts";
import { EventView, OrderView } from "../../contracts/order.ts";
import { operator, paymentSecret, type Harness } from "../harness.ts";
import { until } from "./until.ts";

const Client = z.object({ id: z.string(), secret: z.string() });
const Token = z.object({ access_token: z.string(), subject: z.string() });
const Movement = z.object({ reference: z.string(), kind: z.string(), amount: z.int() });
const Ledger = z.object({ movements: z.array(Movement), next: z.int().nullable() });

export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

/** Someone with a token; `subject` is whom it speaks for. */
export interface Person {
  readonly token: string;
  readonly subject: string;
}

export interface Ask {
  readonly body?: object;
  readonly key?: string;
}

interface Dish {
  readonly id: string;
  readonly name: { readonly en: string };
  readonly price: number;
  readonly stock?: number;
  /** How many ordinary deliveries one of it is worth. */
  readonly load?: number;
}

export function dish(id: string, price: number, more: { stock?: number; load?: number } = {}): Dish {
  return { id, name: { en: id }, price, ...more };
}

/** A tenant of its own with one venue, so that tests that run side by side share neither stock nor faults. */
export class Restaurant {
  readonly harness: Harness;
  readonly tenant: string;
  readonly admin: Person;
  readonly staff: Person;

  private constructor(harness: Harness, tenant: string, admin: Person, staff: Person) {
    this.harness = harness;
    this.tenant = tenant;
    this.admin = admin;
    this.staff = staff;
  }

  /** The venue's id is the tenant's. Four dishes: soup 3.50, clams 13.90 (three left), cheese 9.50 (one left), bread 0.00. */
  static async open(harness: Harness, settings: object = {}): Promise<Restaurant> {
    const tenant = `r-${randomUUID().slice(0, 8)}`;
    const basic = `Basic ${Buffer.from(`${operator.id}:${operator.secret}`).toString("base64")}`;
    await must(harness, "POST", "/v1/tenants", basic, { id: tenant, name: tenant });
    const client = async (role: string, more: object = {}): Promise<Person> =>
      tokenOf(
        harness,
        Client.parse(
          await must(harness, "POST", `/v1/tenants/${tenant}/clients`, basic, { name: role, role, ...more }),
        ),
      );
    const [admin, staff] = await Promise.all([client("admin"), client("staff")]);
    const restaurant = new Restaurant(harness, tenant, admin, staff);
    await restaurant.configure(settings);
    await restaurant.publish([
      dish("soup", 350),
      dish("clams", 1_390, { stock: 3 }),
      dish("cheese", 950, { stock: 1 }),
      dish("bread", 0),
    ]);
    return restaurant;
  }

  get venue(): string {
    return this.tenant;
  }

  async configure(settings: object): Promise<void> {
    await must(this.harness, "PUT", `/v1/venues/${this.venue}`, `Bearer ${this.admin.token}`, {
      name: "Tasca",
      timeZone: "Europe/Berlin",
      address: "Oderberger Straße 12, Berlin",
      point: { lat: 52.5411, lng: 13.4089 },
      deliveryFee: 290,
      ...settings,
    });
  }

  async publish(items: Dish[]): Promise<void> {
    const menu = {
      comanda: "menu/1",
      currency: "EUR",
      languages: ["en"],
      tax: { inclusive: true, classes: [{ id: "food", name: { en: "Food" }, ratePpm: 130_000 }] },
      categories: [{ id: "all", name: { en: "All" }, items: items.map(({ id }) => id) }],
      items,
      groups: [],
    };
    await must(this.harness, "PUT", `/v1/venues/${this.venue}/menu`, `Bearer ${this.admin.token}`, menu);
  }

  async guest(): Promise<Person> {
    return tokenOf(this.harness, { tenant: this.tenant });
  }

  async client(role: string, more: object = {}): Promise<Person> {
    const made = await this.ask(this.admin, "POST", "/v1/clients", { body: { name: role, role, ...more } });
    return tokenOf(this.harness, Client.parse(JSON.parse(made.text)));
  }

  signIn(client: { id: string; secret: string }): Promise<Person> {
    return tokenOf(this.harness, client);
  }

  async ask(who: Person, method: string, path: string, { body, key = randomUUID() }: Ask = {}): Promise<Reply> {
    const response = await fetch(this.harness.baseUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${who.token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(method === "POST" ? { "idempotency-key": key } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text(), headers: response.headers };
  }

  /** The body of a new order: soup for one, by card and for pickup unless told otherwise. */
  wanted({ lines, payment = "card_ok", fulfilment = "pickup", ...checkout }: Wanted = {}) {
    const address =
      fulfilment === "delivery" ? { line1: "Kastanienallee 1", city: "Berlin", lat: 52.5374, lng: 13.4096 } : null;
    return {
      venue: this.venue,
      fulfilment,
      lines: lines ?? [{ item: "soup", quantity: 1 }],
      checkout: {
        customer: { name: "Ada" },
        payment: payment === "cash" ? { method: "cash" } : { method: "card", token: payment },
        address,
        ...checkout,
      },
    };
  }

  async place(who: Person, wanted: Wanted = {}): Promise<OrderView> {
    const reply = await this.ask(who, "POST", "/v1/orders", { body: this.wanted(wanted) });
    if (reply.status !== 201) throw new Error(`not placed: ${reply.status} ${reply.text}`);
    return OrderView.parse(JSON.parse(reply.text));
  }

  async order(who: Person, id: string): Promise<OrderView> {
    const reply = await this.ask(who, "GET", `/v1/orders/${id}`);
    if (reply.status !== 200) throw new Error(`order ${reply.status} ${reply.text}`);
    return OrderView.parse(JSON.parse(reply.text));
  }

  /** The order once it has come to a state. */
  reaches(who: Person, id: string, status: string, withinMs?: number): Promise<OrderView> {
    return until(
      () => this.order(who, id),
      (order) => order.status === status,
      withinMs,
    );
  }

  cancel(who: Person, id: string, body: object = {}): Promise<Reply> {
    return this.ask(who, "POST", `/v1/orders/${id}/cancel`, { body });
  }

  async tickets(): Promise<TicketView[]> {
    const reply = await this.ask(this.staff, "GET", `/v1/venues/${this.venue}/kitchen/tickets?status=all`);
    return z.object({ tickets: z.array(TicketView) }).parse(JSON.parse(reply.text)).tickets;
  }

  /** The order's ticket once it is there and stands so. */
  async ticket(id: string, status = "waiting"): Promise<TicketView> {
    const find = async () => (await this.tickets()).find(({ order }) => order === id) ?? null;
    const found = await until(find, (ticket) => ticket?.status === status);
    if (found === null) throw new Error("no ticket");
    return found;
  }

  /** A button on the tablet. */
  async press(id: string, button: string, body: object = {}): Promise<Reply> {
    const reply = await this.ask(this.staff, "POST", `/v1/venues/${this.venue}/kitchen/tickets/${id}/${button}`, {
      body,
    });
    if (reply.status !== 200) throw new Error(`${button}: ${reply.status} ${reply.text}`);
    return reply;
  }

  /** The kitchen brings the order to a state. */
  async cook(id: string, ...buttons: string[]): Promise<void> {
    await this.ticket(id);
    for (const button of buttons) await this.press(id, button, button === "accept" ? { prepMinutes: 0 } : {});
  }

  async stock(): Promise<Record<string, number>> {
    const reply = await this.ask(this.staff, "GET", `/v1/venues/${this.venue}/stock`);
    return z.object({ stock: z.record(z.string(), z.int()) }).parse(JSON.parse(reply.text)).stock;
  }

  async events(who: Person, id: string, after = 0): Promise<EventView[]> {
    const reply = await this.ask(who, "GET", `/v1/orders/${id}/events?after=${after}`);
    return z.object({ events: z.array(EventView) }).parse(JSON.parse(reply.text)).events;
  }

  /** The order's line in the read model, as its buyer lists it. */
  async line(who: Person, id: string) {
    const reply = await this.ask(who, "GET", "/v1/orders?limit=100");
    const Line = z.object({ id: z.string(), status: z.string(), total: z.int(), updatedAt: z.string() });
    return (
      z
        .object({ orders: z.array(Line) })
        .parse(JSON.parse(reply.text))
        .orders.find((line) => line.id === id) ?? null
    );
  }

  /** What the provider's own books say of an order, e.g. "authorised 350". */
  async books(id: string): Promise<string[]> {
    const response = await fetch(`${this.harness.sandboxUrl}/payments/ledger?limit=1000`, { headers: this.merchant });
    const { movements } = Ledger.parse(await response.json());
    return movements.filter(({ reference }) => reference === id).map(({ kind, amount }) => `${kind} ${amount}`);
  }

  /** Switches the provider's faults; none where nothing is given. */
  async faults(payments?: object): Promise<void> {
    const body = JSON.stringify(payments === undefined ? {} : { payments });
    const headers = { ...this.merchant, "content-type": "application/json" };
    const response = await fetch(`${this.harness.sandboxUrl}/faults`, { method: "PUT", headers, body });
    if (!response.ok) throw new Error(`faults: ${response.status} ${await response.text()}`);
  }

  private get merchant(): Record<string, string> {
    return { authorization: `Bearer ${paymentSecret}`, "x-account": this.tenant };
  }
}

export interface Wanted {
  readonly customer?: object;
  readonly lines?: readonly { readonly item: string; readonly quantity: number }[];
  /** One of the sandbox's cards, or cash. */
  readonly payment?: string;
  readonly fulfilment?: "pickup" | "delivery" | "dine-in";
  readonly table?: string;
  readonly requestedFor?: string;
  readonly note?: string;
}

async function must(
  harness: Harness,
  method: string,
  path: string,
  authorization: string,
  body: object,
): Promise<unknown> {
  const response = await fetch(harness.baseUrl + path, {
    method,
    headers: { authorization, "content-type": "application/json", "idempotency-key": randomUUID() },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** A client's token, or, given a tenant, a new guest's. */
async function tokenOf(harness: Harness, of: { id: string; secret: string } | { tenant: string }): Promise<Person> {
  const form: Record<string, string> =
    "tenant" in of
      ? { grant_type: "anonymous", tenant: of.tenant }
      : { grant_type: "client_credentials", client_id: of.id, client_secret: of.secret };
  const response = await fetch(`${harness.baseUrl}/v1/oauth/token`, {
    method: "POST",
    body: new URLSearchParams(form),
  });
  const { access_token: token, subject } = Token.parse(await response.json());
  return { token, subject };
}
