import type { ComponentType } from "preact";
import type { VenueView } from "../../contracts/venue.ts";
import { later } from "./later.tsx";
import type { Holder } from "./sign-in.ts";

export interface PageProps {
  readonly holder: Holder;
  /** Of the path: `{ order: "ord_…" }`. */
  readonly params: Readonly<Record<string, string>>;
  /** The venues this holder reaches, by name. */
  readonly venues: readonly VenueView[];
  /** The venue chosen at the top; null for all of them, which a page with `venue: "one"` never gets. */
  readonly venue: VenueView | null;
}

type Group = "orders" | "house" | "works";

/** One page of the admin's app; its code is fetched when it is first opened. */
export interface AdminPage {
  /** OpenAPI style, `/admin/orders/{order}`. */
  readonly path: `/admin${string}`;
  readonly title: { readonly en: string; readonly de: string };
  /** Under which heading it stands in the navigation; null for a page one comes to by a link. */
  readonly group: Group | null;
  readonly roles: readonly Holder["role"][];
  /** Only for whoever reaches every venue of the tenant. */
  readonly wholeTenant?: true;
  /** What the chooser at the top offers here: every venue and all of them, one venue, or nothing. */
  readonly venue: "any" | "one" | "none";
  readonly Page: ComponentType<PageProps>;
}

const crew = ["admin", "staff"] as const;
const admins = ["admin"] as const;

/** Every page, in the order of the navigation. The first whose path fits is shown. */
export const pages: readonly AdminPage[] = [
  {
    path: "/admin",
    title: { en: "Live board", de: "Live" },
    group: "orders",
    roles: crew,
    venue: "any",
    Page: later(async () => (await import("./board-page.tsx")).BoardPage),
  },
  {
    path: "/admin/orders",
    title: { en: "Orders", de: "Bestellungen" },
    group: "orders",
    roles: crew,
    venue: "any",
    Page: later(async () => (await import("./orders-page.tsx")).OrdersPage),
  },
  {
    path: "/admin/orders/{order}",
    title: { en: "Order", de: "Bestellung" },
    group: null,
    roles: crew,
    venue: "none",
    Page: later(async () => (await import("./order-page.tsx")).OrderPage),
  },
  {
    path: "/admin/phone-order",
    title: { en: "Order by phone", de: "Bestellung am Telefon" },
    group: "orders",
    roles: crew,
    venue: "one",
    Page: later(async () => (await import("./phone-order-page.tsx")).PhoneOrderPage),
  },
  {
    path: "/admin/dispatch",
    title: { en: "Dispatch", de: "Disposition" },
    group: "orders",
    roles: crew,
    venue: "none",
    Page: later(async () => (await import("./dispatch-page.tsx")).DispatchPage),
  },
  {
    path: "/admin/figures",
    title: { en: "Figures", de: "Zahlen" },
    group: "orders",
    roles: crew,
    venue: "any",
    Page: later(async () => (await import("./figures-page.tsx")).FiguresPage),
  },
  {
    path: "/admin/menu",
    title: { en: "Menu", de: "Speisekarte" },
    group: "house",
    roles: admins,
    venue: "one",
    Page: later(async () => (await import("./menu-page.tsx")).MenuPage),
  },
  {
    path: "/admin/stock",
    title: { en: "Stock", de: "Bestand" },
    group: "house",
    roles: crew,
    venue: "one",
    Page: later(async () => (await import("./stock-page.tsx")).StockPage),
  },
  {
    path: "/admin/devices",
    title: { en: "Tablets and phones", de: "Tablets und Telefone" },
    group: "house",
    roles: crew,
    venue: "none",
    Page: later(async () => (await import("./devices-page.tsx")).DevicesPage),
  },
  {
    path: "/admin/staff",
    title: { en: "Staff and programs", de: "Personal und Programme" },
    group: "house",
    roles: admins,
    venue: "none",
    Page: later(async () => (await import("./staff-page.tsx")).StaffPage),
  },
  {
    path: "/admin/settings",
    title: { en: "Settings", de: "Einstellungen" },
    group: "house",
    roles: admins,
    venue: "one",
    Page: later(async () => (await import("./settings-page.tsx")).SettingsPage),
  },
  {
    path: "/admin/house",
    title: { en: "The whole house", de: "Das ganze Haus" },
    group: "house",
    roles: admins,
    wholeTenant: true,
    venue: "none",
    Page: later(async () => (await import("./settings-house-page.tsx")).HousePage),
  },
  {
    path: "/admin/webhooks",
    title: { en: "Webhooks", de: "Webhooks" },
    group: "works",
    roles: admins,
    venue: "none",
    Page: later(async () => (await import("./webhooks-page.tsx")).WebhooksPage),
  },
  {
    path: "/admin/webhooks/{endpoint}",
    title: { en: "Webhook", de: "Webhook" },
    group: null,
    roles: admins,
    venue: "none",
    Page: later(async () => (await import("./webhooks-endpoint-page.tsx")).WebhookPage),
  },
  {
    path: "/admin/carriers",
    title: { en: "Carriers", de: "Lieferdienste" },
    group: "works",
    roles: admins,
    venue: "none",
    Page: later(async () => (await import("./carriers-page.tsx")).CarriersPage),
  },
  {
    path: "/admin/carriers/{carrier}",
    title: { en: "Carrier", de: "Lieferdienst" },
    group: null,
    roles: admins,
    venue: "none",
    Page: later(async () => (await import("./carriers-carrier-page.tsx")).CarrierPage),
  },
  {
    path: "/admin/dead-letters",
    title: { en: "Dead letters", de: "Unzustellbares" },
    group: "works",
    roles: admins,
    venue: "none",
    Page: later(async () => (await import("./dead-letters-page.tsx")).DeadLettersPage),
  },
  {
    path: "/admin/dead-letters/{letter}",
    title: { en: "Dead letter", de: "Unzustellbares" },
    group: null,
    roles: admins,
    venue: "none",
    Page: later(async () => (await import("./dead-letters-letter-page.tsx")).DeadLetterPage),
  },
  {
    path: "/admin/audit",
    title: { en: "Who did what", de: "Wer was getan hat" },
    group: "works",
    roles: admins,
    wholeTenant: true,
    venue: "none",
    Page: later(async () => (await import("./settings-audit-page.tsx")).AuditPage),
  },
];
