import type { CarrierState } from "../../domain/carrier/carrier.ts";
import { hasEnded } from "../../domain/order/order.ts";
import type { Endpoint } from "../../domain/endpoint/endpoint.ts";
import type { Cast } from "./agreement.ts";
import { carriers, endpointName } from "./partners.ts";
import { stateAt } from "./records.ts";
import type { Town } from "./town.ts";

/** What carriers and the tenants' own systems have of the orders that the orders themselves do not say. */
export function aboutPartners(town: Town, { customers }: Cast): string[] {
  return customers.flatMap(({ id, house: { tenant } }) => {
    const order = town.order(id);
    if (order === null || order.placed === null || !hasEnded(order.stage)) return [];
    const { status } = order.stage;
    if (town.givenUp.has(id)) return aboutReports(town, tenant, id, status);
    return [...aboutParcels(town, tenant, id, status), ...aboutReports(town, tenant, id, status)];
  });
}

/** A carrier that has a parcel brings a delivered order; any other was taken back, or the carrier was too late. */
function aboutParcels(town: Town, tenant: string, id: string, status: string): string[] {
  const parcels = town.post.of(tenant, id).filter((parcel) => parcel.status !== "withdrawn");
  if (parcels.length > 1) return [`${id} is with ${parcels.length} carriers`];
  const [parcel] = parcels;
  const by = town.order(id)?.delivery?.carrier?.id;
  if (status === "delivered" && by !== undefined && parcel?.status !== "delivered")
    return [`${id} is delivered by ${by}, whose books say ${parcel?.status ?? "nothing"}`];
  if (parcel === undefined || status === "delivered") return [];
  const known = carriers.map((carrier) => stateAt<CarrierState>(town, "carrier", `${tenant}/${carrier}`)?.bookings[id]);
  const excused = ["too-late", "abandoned", "lost", "delivered"];
  const isKnown = known.some((booking) => booking !== undefined && excused.includes(booking.stage.status));
  return isKnown ? [] : [`${id} is ${status}, and a carrier has it: ${parcel.status}`];
}

/** Whoever wants to be told of everything was told how the order ended, unless nobody was there for days. */
function aboutReports(town: Town, tenant: string, id: string, status: string): string[] {
  if (!town.partners.hears) return [];
  const endpoint = stateAt<Endpoint>(town, "endpoint", endpointName(tenant));
  if (endpoint === null) return [`${tenant} has lost its endpoint`];
  if (endpoint.disabled !== null) return [`the endpoint of ${tenant} is disabled: ${endpoint.disabled.reason}`];
  const heard = town.listener.heard.get(id) ?? [];
  return heard.some(({ type }) => type === `comanda.order.${status}.v1`) ? [] : [`nobody told that ${id} is ${status}`];
}
