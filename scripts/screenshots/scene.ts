import { setTimeout as sleep } from "node:timers/promises";
import type { z } from "zod";
import { deliveryRoutes } from "../../contracts/delivery-routes.ts";
import { kitchenRoutes } from "../../contracts/kitchen-routes.ts";
import { orderRoutes } from "../../contracts/order-routes.ts";
import type { OrderView } from "../../contracts/order.ts";
import type { RouteContract } from "../../contracts/route.ts";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import type { Access } from "../client/access.ts";
import { Api, type Reply } from "../client/api.ts";
import { pathOf } from "../client/route-path.ts";
import { Tokens } from "../client/tokens.ts";
import type { Viewer } from "./screen.ts";

export const venue = "demo-1";
const point = { lat: 52.5405, lng: 13.4125 };

/** What a dish is called in the demo's menu, with the choices it asks for. */
const dishes = {
  bread: { item: "couvert", quantity: 2 },
  cod: { item: "bacalhau-bras", quantity: 1, note: "No olives, allergic to nuts" },
  octopus: { item: "polvo-lagareiro", quantity: 1 },
  cakes: { item: "pasteis-bacalhau", variation: "six", quantity: 1 },
  lemonade: { item: "limonada", quantity: 3 },
  rice: { item: "arroz-doce", quantity: 2 },
} as const;

type RouteTo<T> = Pick<RouteContract, "method" | "path"> & { readonly response: z.ZodType<T> };

interface Asked {
  readonly params?: Record<string, string>;
  readonly body?: object;
}

interface Wanted {
  readonly of: readonly (keyof typeof dishes)[];
  readonly name: string;
  readonly delivered?: boolean;
  readonly note?: string;
}

/** The demo's world, moved by its public API until it looks as a screen needs it. */
export class Scene {
  readonly tenant: string;
  readonly baseUrl: string;
  readonly admin: { readonly id: string; readonly secret: string };
  /** Orders placed so far, by a name of ours. */
  readonly orders: Record<string, string> = {};
  readonly #api: Api;
  readonly #tokens: Record<Exclude<Viewer, "nobody">, Tokens>;

  constructor({ baseUrl, tenant, clients }: Access) {
    const { admin, staff, driver } = clients;
    if (staff === undefined || driver === undefined) throw new Error("The credentials name no staff or no driver.");
    this.baseUrl = baseUrl;
    this.tenant = tenant;
    this.admin = admin;
    this.#api = new Api(baseUrl);
    this.#tokens = {
      guest: Tokens.ofGuest(this.#api, tenant),
      tablet: Tokens.ofClient(this.#api, staff),
      driver: Tokens.ofClient(this.#api, driver),
      admin: Tokens.ofClient(this.#api, admin),
    };
  }

  /** What a browser of this viewer keeps when it was let in: name and value in its storage. */
  async kept(viewer: Exclude<Viewer, "nobody">): Promise<readonly [string, string]> {
    const { access_token, expires_in, refresh_token = "", role, subject, tenant } = await this.#tokens[viewer].answer();
    const name = { guest: `guest.${tenant}`, tablet: "kitchen", driver: "driver", admin: "admin" }[viewer];
    const holder = {
      access: access_token,
      // The script's own goes on being used: a refresh token holds once.
      refresh: viewer === "guest" ? "" : refresh_token,
      until: Date.now() + expires_in * 1000,
      tenant,
      subject,
      role,
      venues: viewer === "tablet" ? [venue] : null,
    };
    return [`comanda.session.${name}`, JSON.stringify(holder)];
  }

  /** Places an order, to be found again under `as`. */
  async order(as: string, { of, name, delivered = false, note }: Wanted): Promise<OrderView> {
    const placed = await this.well(orderRoutes.create, "guest", {
      body: {
        venue,
        fulfilment: delivered ? "delivery" : "pickup",
        lines: of.map((dish) => dishes[dish]),
        checkout: {
          customer: { name, phone: "+4930123456", email: "guest@example.com" },
          payment: { method: "card", token: "card_ok" },
          ...(delivered
            ? { address: { line1: "Schönhauser Allee 1", city: "Berlin", ...point, note: "Third floor" } }
            : {}),
          ...(note === undefined ? {} : { note }),
        },
      },
    });
    this.orders[as] = placed.id;
    await this.#until(() => this.#call(kitchenRoutes.see, "tablet", { params: { venue, order: placed.id }, body: {} }));
    return placed;
  }

  id(name: string): string {
    const id = this.orders[name];
    if (id === undefined) throw new Error(`No order called ${name} was placed before.`);
    return id;
  }

  /** What the kitchen does to an order. */
  cook(
    name: string,
    deed: "accept" | "start" | "ready" | "handover" | "reject" | "bump" | "change",
    body: object = {},
  ) {
    const line: Record<string, string> = deed === "bump" ? { line: "0" } : {};
    return this.well(kitchenRoutes[deed], "tablet", { params: { venue, order: this.id(name), ...line }, body });
  }

  /** What the driver does with a delivery, as soon as that can be done. */
  drive(name: string, deed: "accept" | "arrive" | "pickup" | "deliver", body: object = {}): Promise<unknown> {
    return this.#until(() => this.#call(deliveryRoutes[deed], "driver", { params: { id: this.id(name) }, body }));
  }

  async shift(on: boolean): Promise<void> {
    const body = on ? { on, name: "Dara", vehicle: "bike", position: point } : { on };
    await this.well(deliveryRoutes.shift, "driver", { body });
  }

  /** The PIN that the customer says at the door. */
  async pin(name: string): Promise<string> {
    const view = await this.well(orderRoutes.read, "guest", { params: { order: this.id(name) } });
    return view.delivery?.pin ?? "";
  }

  async pause(on: boolean): Promise<void> {
    if (on) await this.well(venueRoutes.pause, "tablet", { params: { venue }, body: { reason: "The oven is cold" } });
    else await this.well(venueRoutes.resume, "tablet", { params: { venue }, body: {} });
  }

  async soldOut(key: string, out: boolean): Promise<void> {
    const route = out ? venueRoutes.sellOut : venueRoutes.makeAvailable;
    await this.well(route, "tablet", { params: { venue }, body: out ? { key, until: null } : { key } });
  }

  /** Asks, and throws what was refused. */
  async well<T>(route: RouteTo<T>, as: Exclude<Viewer, "nobody">, asked: Asked): Promise<T> {
    const reply = await this.#call(route, as, asked);
    if (reply.ok) return reply.value;
    throw new Error(`${route.method} ${route.path}: ${reply.problem.detail ?? reply.problem.title}`);
  }

  close(): void {
    this.#api.close();
  }

  /** News travels: what is refused now may be taken in a moment. */
  async #until(ask: () => Promise<Reply<unknown>>): Promise<void> {
    let problem = "";
    for (let attempt = 0; attempt < 60; attempt += 1) {
      const reply = await ask();
      if (reply.ok) return;
      problem = reply.problem.detail ?? reply.problem.title;
      await sleep(250);
    }
    throw new Error(problem);
  }

  #call<T>({ method, path, response }: RouteTo<T>, as: Exclude<Viewer, "nobody">, { params, body }: Asked) {
    return this.#api.send({ method, path: pathOf(path, params), schema: response, as: this.#tokens[as], body });
  }
}
