import { orderRoutes } from "../../contracts/order-routes.ts";
import { Session } from "../shared/session.ts";
import { requestToken } from "../shared/tokens.ts";
import { guestOf } from "./guest.ts";

const grant = "urn:comanda:params:oauth:grant-type:order-link";
const links = new Map<string, Session>();

/** The key of an order's link, where the page was opened by one: what stands behind the `#`. */
export function keyInAddress(): string | null {
  return /^#([A-Za-z0-9_-]{32})$/.exec(location.hash)?.[1] ?? null;
}

/** Whoever holds an order's link, and may follow it and nothing else. */
export function linkSession(tenant: string, order: string, key: string): Session {
  const name = `link.${order}`;
  const begin = async () => {
    const reply = await requestToken({ grant_type: grant, tenant, order, key });
    // A key that opens nothing will not open it later: as for anybody who is not let in.
    const isWrong = !reply.ok && reply.problem.status === 400;
    return isWrong ? { ok: false as const, problem: { ...reply.problem, status: 401 } } : reply;
  };
  const known = links.get(name) ?? new Session(name, begin);
  links.set(name, known);
  return known;
}

/**
 * Puts the order's key into the address of its page, for whoever placed it: what is copied from there, or sent to
 * somebody, or kept as a bookmark, opens the order anywhere. The whole address, or null where it cannot be had.
 */
export async function linkOf(tenant: string, order: string): Promise<string | null> {
  const reply = await guestOf(tenant).ask(orderRoutes.link, { params: { order } });
  return reply.ok ? `${location.origin}${reply.value.path}` : null;
}
