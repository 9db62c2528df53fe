import { z } from "zod";
import {
  Assignment,
  DeliveryMessage,
  DeliveryView,
  Failure,
  HandOver,
  Move,
  StaffDelivery,
  ZoneSettings,
} from "./delivery.ts";
import { DriverMessage, DriverView, PositionReport, ShiftChange, ZoneDriverView } from "./driver.ts";
import { DispatchMessage, DispatchView } from "./dispatch.ts";
import { OrderId, ZoneId } from "./ids.ts";
import type { Role } from "./principal.ts";
import { LiveQuery, type RouteContract } from "./route.ts";

/**
 * The header by which the front door says in which zone a delivery is, after it has checked whose it is; never taken
 * from outside.
 */
export const zoneHeader = "x-comanda-zone";

/** The header by which the front door says what photo (SHA-256, hex) it has put by; never taken from outside. */
export const proofHeader = "x-comanda-proof";

/** Bytes: a photo in base64, and what stands around it. */
export const largestHandOver = 300 * 1_024;

const Nothing = z.strictObject({});
const delivery = z.object({ id: OrderId });
const zone = z.object({ zone: ZoneId });

const drivers = ["driver"] as const satisfies readonly Role[];
const staff = ["staff", "admin"] as const satisfies readonly Role[];
const driversAndStaff = ["driver", "staff", "admin"] as const satisfies readonly Role[];
const everybody = ["customer", "service", "driver", "staff", "admin"] as const satisfies readonly Role[];
const followers = [...everybody, "watcher"] as const satisfies readonly Role[];

const aDelivery = "/v1/deliveries/{id}";
const read = { method: "GET", status: 200, idempotent: false } as const;
const socket = { method: "GET", status: 101, idempotent: false, socket: true, query: LiveQuery } as const;
const act = { method: "POST", params: delivery, response: DeliveryView, status: 200, idempotent: true } as const;

export const deliveryRoutes = {
  me: {
    ...read,
    path: "/v1/drivers/me",
    summary: "The driver's shift, offer and tasks",
    roles: drivers,
    query: Nothing,
    response: DriverView,
  },
  myLive: {
    ...socket,
    path: "/v1/drivers/me/live",
    summary: "The driver's phone live: offers and tasks come down, positions go up",
    roles: drivers,
    response: DriverMessage,
  },
  shift: {
    method: "POST",
    path: "/v1/drivers/me/shift",
    summary: "Come on shift in a zone, or go off",
    roles: drivers,
    body: ShiftChange,
    response: DriverView,
    status: 200,
    idempotent: true,
  },
  position: {
    method: "POST",
    path: "/v1/drivers/me/position",
    summary: "Where the phone is, for clients without a socket",
    roles: drivers,
    body: PositionReport,
    response: z.object({}),
    status: 204,
    idempotent: false,
  },
  delivery: {
    ...read,
    path: aDelivery,
    summary: "A delivery, as the one who asks may see it",
    roles: followers,
    params: delivery,
    query: Nothing,
    response: DeliveryView,
  },
  live: {
    ...socket,
    path: `${aDelivery}/live`,
    summary: "A delivery live, with the driver's position between pick-up and hand-over",
    roles: followers,
    params: delivery,
    response: DeliveryMessage,
  },
  accept: { ...act, path: `${aDelivery}/accept`, summary: "Take what is offered", roles: drivers, body: Nothing },
  decline: {
    ...act,
    path: `${aDelivery}/decline`,
    summary: "Decline an offer, or hand a delivery back before pick-up",
    roles: drivers,
    body: Nothing,
  },
  arrive: { ...act, path: `${aDelivery}/arrive`, summary: "The driver is at the venue", roles: drivers, body: Nothing },
  pickup: { ...act, path: `${aDelivery}/pickup`, summary: "The driver has the food", roles: drivers, body: Nothing },
  deliver: {
    ...act,
    path: `${aDelivery}/deliver`,
    summary: "The customer has the food: with the customer's PIN or a photo, or confirmed by staff",
    roles: driversAndStaff,
    body: HandOver,
    largestBody: largestHandOver,
  },
  fail: {
    ...act,
    path: `${aDelivery}/fail`,
    summary: "It cannot be delivered",
    roles: driversAndStaff,
    body: Failure,
  },
  returned: {
    ...act,
    path: `${aDelivery}/returned`,
    summary: "Food that could not be handed over is back at the venue",
    roles: driversAndStaff,
    body: Nothing,
  },
  assign: {
    ...act,
    path: `${aDelivery}/assign`,
    summary: "Give it to a driver by hand",
    roles: staff,
    body: Assignment,
  },
  move: {
    ...act,
    path: `${aDelivery}/channel`,
    summary: "Have it brought by somebody else: the own drivers, or a carrier",
    roles: staff,
    body: Move,
  },
  zoneDeliveries: {
    ...read,
    path: "/v1/zones/{zone}/deliveries",
    summary: "The zone's deliveries: the open ones, and those over within the last hours",
    roles: staff,
    params: zone,
    query: z.strictObject({ status: z.enum(["open", "all"]).default("open") }),
    response: z.object({ deliveries: z.array(StaffDelivery) }).meta({ id: "ZoneDeliveries" }),
  },
  zoneDrivers: {
    ...read,
    path: "/v1/zones/{zone}/drivers",
    summary: "The drivers on shift in the zone",
    roles: staff,
    params: zone,
    query: Nothing,
    response: z.object({ drivers: z.array(ZoneDriverView) }).meta({ id: "ZoneDrivers" }),
  },
  zoneDispatch: {
    ...read,
    path: "/v1/zones/{zone}/dispatch",
    summary: "How the zone stands: drivers, open deliveries, what was chosen for each and why",
    roles: staff,
    params: zone,
    query: Nothing,
    response: DispatchView,
  },
  zoneDispatchLive: {
    ...socket,
    path: "/v1/zones/{zone}/dispatch/live",
    summary: "How the zone stands, live: the whole again with every change, at most every two seconds",
    roles: staff,
    params: zone,
    response: DispatchMessage,
  },
  zoneSettings: {
    ...read,
    path: "/v1/zones/{zone}/settings",
    summary: "How the zone finds drivers",
    roles: ["admin"],
    params: zone,
    query: Nothing,
    response: ZoneSettings,
  },
  putZoneSettings: {
    method: "PUT",
    path: "/v1/zones/{zone}/settings",
    summary: "Change how the zone finds drivers",
    roles: ["admin"],
    params: zone,
    body: ZoneSettings.partial(),
    response: ZoneSettings,
    status: 200,
    idempotent: false,
  },
} as const satisfies Record<string, RouteContract>;
