import { deliveryRoutes as routes, proofHeader, zoneHeader } from "../../contracts/delivery-routes.ts";
import type { HandOver, ZoneSettings } from "../../contracts/delivery.ts";
import { DriverId, ZoneId, type OrderId } from "../../contracts/ids.ts";
import type { Principal } from "../../contracts/principal.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import { epochMs } from "../../contracts/time.ts";
import { usualReachMs } from "../../domain/delivery/borrowing.ts";
import type { DriverCommand } from "../../domain/delivery/command.ts";
import { noDelivery } from "../../domain/delivery/delivery.ts";
import type { Settings } from "../../domain/delivery/zone.ts";
import type { Answer, Ask } from "../shared/actor.ts";
import { innerDoor, mount } from "../shared/routes.ts";
import type { DeliveryEnv } from "./env.ts";
import { mountCarriers } from "./carrier-http.ts";
import { mountChannels } from "./channel-http.ts";
import type { StaffCommand } from "./zone-object.ts";

/** The delivery service's routes, as `contracts/delivery-routes.ts` lists them. */
export const app = innerDoor<DeliveryEnv>();

mountCarriers(app);
mountChannels(app);

mount(app, routes.me, (call) => twinOf(call)?.me() ?? noDriver);
mount(app, routes.myLive, (call) => twinOf(call)?.fetch(call.request) ?? noDriver);
mount(app, routes.position, async (call) => {
  const { lat, lng, at, accuracy = null } = call.body;
  await twinOf(call)?.position({ lat, lng }, at === undefined ? Date.now() : epochMs(at), accuracy);
  return {};
});
mount(app, routes.shift, (call) => {
  const { on, zone = null, name = null, vehicle = null, position: point = null, until } = call.body;
  const ends = until === undefined ? {} : { until: epochMs(until) };
  const twin = twinOf(call);
  if (twin === null) return noDriver;
  return twin.shift(
    on ? { type: "begin-shift", zone, name, vehicle, point, ...ends } : { type: "end-shift" },
    call.ask,
  );
});

mount(app, routes.accept, (call) => drive(call, { type: "accept", ...on(call) }));
mount(app, routes.decline, (call) => drive(call, { type: "decline", ...on(call) }));
mount(app, routes.arrive, (call) => drive(call, { type: "arrive", ...on(call) }));
mount(app, routes.pickup, (call) => drive(call, { type: "pick-up", ...on(call) }));
mount(app, routes.deliver, (call) => {
  if (call.principal.role !== "driver") return dispatch(call, { type: "confirm", order: call.params.id });
  return drive(call, { type: "deliver", ...on(call), ...evidenceOf(call) });
});
mount(app, routes.fail, (call) => {
  if (call.principal.role === "driver") return drive(call, { type: "fail", ...on(call), ...call.body });
  const { reason, detail } = call.body;
  return dispatch(call, { type: "give-up", order: call.params.id, reason, detail });
});
mount(app, routes.returned, (call) => {
  if (call.principal.role === "driver") return drive(call, { type: "bring-back", ...on(call) });
  return dispatch(call, { type: "take-back", order: call.params.id });
});
mount(app, routes.assign, (call) =>
  dispatch(call, { type: "assign", order: call.params.id, driver: call.body.driver }),
);

mount(app, routes.move, async (call) => {
  const { principal, params, body, ask } = call;
  return (await zoneOf(call)?.move(params.id, body.channel, principal, ask)) ?? noDelivery;
});

mount(app, routes.delivery, (call) => {
  const { principal, params } = call;
  if (principal.role === "driver") return twinOf(call)?.view(params.id, principal) ?? noDriver;
  return zoneOf(call)?.view(params.id, principal) ?? noDelivery;
});
mount(app, routes.live, async (call) => {
  const { env, principal, params, request } = call;
  if (principal.role !== "driver") return zoneOf(call)?.fetch(request) ?? noDelivery;
  const zone = (await twinOf(call)?.zoneOf(params.id)) ?? null;
  return zone === null ? noDelivery : env.ZONE.getByName(`${principal.tenant}/${zone}`).fetch(request);
});

mount(app, routes.zoneDeliveries, async (call) => {
  return { deliveries: await zoneAt(call).deliveries(call.principal, call.query.status) };
});
mount(app, routes.zoneDrivers, async (call) => ({ drivers: await zoneAt(call).drivers() }));
mount(app, routes.zoneDispatch, (call) => zoneAt(call).dispatching(call.params.zone, call.principal));
mount(app, routes.zoneDispatchLive, (call) => zoneAt(call).fetch(call.request));
mount(app, routes.zoneSettings, async (call) => inSeconds(await zoneAt(call).settings()));
mount(app, routes.putZoneSettings, async (call) => {
  const own = call.body.neighbours?.indexOf(call.params.zone) ?? -1;
  if (own < 0) return inSeconds(await zoneAt(call).configure(inMs(call.body), call.ask));
  return refuse("invalid-value", "A zone is not its own neighbour.", [
    { pointer: `/neighbours/${own}`, detail: "another zone of the tenant" },
  ]);
});

interface Called {
  readonly env: DeliveryEnv;
  readonly principal: Principal;
  readonly request: Request;
}
interface DeliveryCall extends Called {
  readonly params: { readonly id: OrderId };
  readonly ask: Ask;
}

const noDriver = refuse("forbidden", "This token does not speak for a driver.");

async function drive(call: DeliveryCall, command: DriverCommand): Promise<Answer | Refusal> {
  return (await twinOf(call)?.drive(command, call.ask)) ?? noDriver;
}

async function dispatch(call: DeliveryCall, command: StaffCommand): Promise<Answer | Refusal> {
  return (await zoneOf(call)?.dispatch(command, call.principal, call.ask)) ?? noDelivery;
}

/** A photo the front door has put by, and says so: what the body has of one it has left there. */
function evidenceOf({ request, body }: DeliveryCall & { readonly body: HandOver }) {
  return { pin: body.pin ?? null, photo: request.headers.get(proofHeader) };
}

function on({ params, principal }: DeliveryCall): { order: OrderId; driver: string } {
  return { order: params.id, driver: principal.subject };
}

function twinOf({ env, principal }: Called) {
  const driver = DriverId.safeParse(principal.subject);
  return driver.success ? env.DRIVER.getByName(`${principal.tenant}/${driver.data}`) : null;
}

/** The zone the front door names, once it has checked that the delivery is there and may be seen. */
function zoneOf({ env, principal, request }: Called) {
  const zone = ZoneId.safeParse(request.headers.get(zoneHeader));
  return zone.success ? env.ZONE.getByName(`${principal.tenant}/${zone.data}`) : null;
}

function zoneAt({ env, principal, params }: Called & { readonly params: { readonly zone: string } }) {
  return env.ZONE.getByName(`${principal.tenant}/${params.zone}`);
}

function inMs({ neighbours, ...times }: Partial<ZoneSettings>): Partial<Settings> {
  const inMs = Object.fromEntries(Object.entries(times).map(([name, seconds]) => [name, seconds * 1_000]));
  return neighbours === undefined ? inMs : { ...inMs, neighbours: [...new Set(neighbours)] };
}

function inSeconds(settings: Settings): ZoneSettings {
  const { offer, lead, silence, idle, afterDecline, afterExpiry, neighbours = [], reach = usualReachMs } = settings;
  const seconds = (ms: number): number => Math.round(ms / 1_000);
  return {
    offer: seconds(offer),
    lead: seconds(lead),
    silence: seconds(silence),
    idle: seconds(idle),
    afterDecline: seconds(afterDecline),
    afterExpiry: seconds(afterExpiry),
    neighbours: [...neighbours],
    reach: seconds(reach),
  };
}
