import { z } from "zod";
import { Instant } from "./instant.ts";
import { Basket, Bill, Fulfilment } from "./basket.ts";
import { VenueId } from "./ids.ts";
import { MenuDifferences } from "./menu-difference.ts";
import { MenuDocument, MenuFault, StockKey } from "./menu.ts";
import { count, LiveQuery, type RouteContract } from "./route.ts";
import { storefrontRoutes } from "./storefront-routes.ts";
import { SoldOut, StockLive, StockView, VenueSettings, VenueView } from "./venue.ts";

const params = z.object({ venue: VenueId });
const crew = ["staff", "admin"] as const;
const largestMenu = 8 * 1024 * 1024;

export const ImportReport = z.object({
  venue: VenueId,
  format: z.string(),
  dryRun: z.boolean(),
  /** Whether a new version was published; false when the file says what the menu says already. */
  changed: z.boolean(),
  version: z.int().nullable(),
  counts: z.object({ categories: z.int(), items: z.int(), groups: z.int(), options: z.int() }),
  faults: z.array(MenuFault),
  /** What it changes, or would change, in the menu that was published when it came. */
  differences: MenuDifferences,
});
export type ImportReport = z.infer<typeof ImportReport>;

/** A menu as it was once published; `publishedBy` null where that was not noted yet. */
export const MenuVersion = z
  .object({ version: z.int(), publishedAt: Instant, publishedBy: z.string().nullable() })
  .meta({ id: "MenuVersion" });
export type MenuVersion = z.infer<typeof MenuVersion>;

const command = { method: "POST", roles: crew, params, response: VenueView, status: 200, idempotent: true } as const;

/** Venues and menus: what anybody may read, what the crew switches, what an admin writes. */
export const venueRoutes = {
  list: storefrontRoutes.list,
  read: storefrontRoutes.read,
  write: {
    method: "PUT",
    path: "/v1/venues/{venue}",
    summary: "Open a venue, or change its settings; with If-Match only those of the `revision` you read",
    roles: ["admin"],
    params,
    body: VenueSettings,
    response: VenueView,
    status: 200,
    idempotent: false,
  },
  menu: storefrontRoutes.menu,
  writeMenu: {
    method: "PUT",
    path: "/v1/venues/{venue}/menu",
    summary: "Publish a menu in Comanda's own form; with If-Match only over the version you edited",
    roles: ["admin"],
    params,
    body: MenuDocument,
    largestBody: largestMenu,
    response: ImportReport,
    status: 200,
    idempotent: false,
  },
  quote: {
    method: "POST",
    path: "/v1/venues/{venue}/quote",
    summary: "What a basket would cost now; nothing is kept, so no Idempotency-Key is asked for",
    roles: "public",
    params,
    body: z.strictObject({ fulfilment: Fulfilment.default("pickup"), lines: Basket }),
    response: Bill,
    status: 200,
    idempotent: false,
  },
  readDocument: {
    method: "GET",
    path: "/v1/venues/{venue}/menu/document",
    summary: "The published menu in Comanda's own form, to edit and to put back",
    roles: ["admin"],
    params,
    response: MenuDocument,
    status: 200,
    idempotent: false,
  },
  menuVersions: {
    method: "GET",
    path: "/v1/venues/{venue}/menu/versions",
    summary: "All that was ever published as the venue's menu, newest first; `before` is the `next` of the page before",
    roles: ["admin"],
    params,
    query: z.strictObject({ before: count(1, Number.MAX_SAFE_INTEGER).optional(), limit: count(1, 100).default(20) }),
    response: z.object({ versions: z.array(MenuVersion), next: z.int().nullable() }),
    status: 200,
    idempotent: false,
  },
  menuVersion: {
    method: "GET",
    path: "/v1/venues/{venue}/menu/versions/{version}",
    summary: "The menu of a version in Comanda's own form, to compare and to publish again",
    roles: ["admin"],
    params: params.extend({ version: count(1, Number.MAX_SAFE_INTEGER) }),
    response: MenuVersion.extend({ document: MenuDocument }),
    status: 200,
    idempotent: false,
  },
  stock: {
    method: "GET",
    path: "/v1/venues/{venue}/stock",
    summary: "What is left of what is counted, and until when what is sold out",
    roles: crew,
    params,
    response: StockView,
    status: 200,
    idempotent: false,
  },
  setStock: {
    method: "PUT",
    path: "/v1/venues/{venue}/stock",
    summary: "Set what is left of one thing; null stops counting it",
    roles: crew,
    params,
    body: z.strictObject({ key: StockKey, left: z.int().min(0).max(1_000_000).nullable() }),
    response: StockView,
    status: 200,
    idempotent: false,
  },
  adjustStock: {
    method: "POST",
    path: "/v1/venues/{venue}/stock/adjust",
    summary: "Count so many more, or fewer, of a thing that is counted; never below nothing",
    roles: crew,
    params,
    body: z.strictObject({ key: StockKey, by: z.int().min(-1_000_000).max(1_000_000) }),
    response: StockView,
    status: 200,
    idempotent: true,
  },
  followStock: {
    method: "GET",
    path: "/v1/venues/{venue}/stock/live",
    summary: "What is left and what is sold out, as it changes",
    roles: crew,
    params,
    query: LiveQuery,
    response: StockLive,
    status: 101,
    idempotent: false,
    socket: true,
  },
  sellOut: {
    ...command,
    path: "/v1/venues/{venue}/sold-out",
    summary: "Say that something is sold out",
    body: SoldOut,
  },
  makeAvailable: {
    ...command,
    path: "/v1/venues/{venue}/available",
    summary: "Say that something can be had again",
    body: z.strictObject({ key: StockKey }),
  },
  pause: {
    ...command,
    path: "/v1/venues/{venue}/pause",
    summary: "Take no orders for a while",
    body: z.strictObject({
      until: z.iso.datetime({ offset: true }).nullable().default(null),
      reason: z.string().trim().max(200).default(""),
    }),
  },
  resume: { ...command, path: "/v1/venues/{venue}/resume", summary: "Take orders again", body: z.strictObject({}) },
  busy: {
    ...command,
    path: "/v1/venues/{venue}/busy",
    summary: "Promise everything so many minutes later",
    body: z.strictObject({ minutes: z.int().min(0).max(240) }),
  },
} as const satisfies Record<string, RouteContract>;

/** `POST /v1/menus/import?venue=V[&dryRun=true]`: the file itself is the body, of whatever format. */
export const importQuery = z.strictObject({
  venue: VenueId,
  dryRun: z.enum(["true", "false"]).default("false"),
  /** Needed where the file does not say: an ISO 4217 code, a language tag. */
  currency: z.string().optional(),
  language: z.string().optional(),
});
export const largestImport = largestMenu;
