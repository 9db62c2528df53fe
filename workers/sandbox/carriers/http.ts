import { Hono } from "hono";
import { z } from "zod";
import { CarrierId, TenantId } from "../../../contracts/ids.ts";
import { isRefusal, refuse } from "../../../contracts/problem.ts";
import { deliver, refused, respond } from "../answer.ts";
import type { SandboxEnv } from "../env.ts";
import { ownMachineOrSecret, secretOnly } from "../guard.ts";
import { bodyOf, keyOf, valueOf } from "../request.ts";
import type { ParcelObject } from "./parcel-object.ts";
import { BookingRequest, CarrierFaults, Portal, QuoteRequest, Withdrawal } from "./parcel.ts";

const Whose = z.object({ account: TenantId, carrier: CarrierId });
const To = z.enum(["shipped", "delivered", "lost"]);
const Page = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

interface Variables {
  desk: DurableObjectStub<ParcelObject>;
}

/**
 * The carriers, `/carriers/{account}/{carrier}`: each account has its own of every name, such as `bobs-post`. Their
 * interface takes the secret; their switches and books are for the own machine too.
 */
export const carriers = new Hono<{ Bindings: SandboxEnv; Variables: Variables }>().basePath("/:account/:carrier");

carriers.use("*", async (c, next) => {
  const whose = Whose.safeParse({ account: c.req.param("account"), carrier: c.req.param("carrier") });
  if (!whose.success) return refused(refuse("not-found", "There is no such carrier."));
  c.set("desk", c.env.PARCEL.getByName(`${whose.data.account}/${whose.data.carrier}`));
  return next();
});
for (const path of ["/quotes", "/bookings", "/bookings/*", "/withdrawals"]) carriers.use(path, secretOnly);
for (const path of ["/ledger", "/portal", "/faults", "/parcels/*"]) carriers.use(path, ownMachineOrSecret);

carriers.post("/quotes", async (c) => {
  const [named, body] = [keyOf(c), await bodyOf(c, QuoteRequest)];
  if (isRefusal(named)) return refused(named);
  return isRefusal(body) ? refused(body) : deliver(await c.var.desk.quote(named.key, body));
});

carriers.post("/bookings", async (c) => {
  const [named, body] = [keyOf(c), await bodyOf(c, BookingRequest)];
  if (isRefusal(named)) return refused(named);
  return isRefusal(body) ? refused(body) : deliver(await c.var.desk.book(named.key, body));
});

carriers.get("/bookings/:id", async (c) => deliver(await c.var.desk.parcel(c.req.param("id"))));

carriers.post("/withdrawals", async (c) => {
  const [named, body] = [keyOf(c), await bodyOf(c, Withdrawal)];
  if (isRefusal(named)) return refused(named);
  return isRefusal(body) ? refused(body) : deliver(await c.var.desk.withdraw(named.key, body));
});

carriers.get("/ledger", async (c) => {
  const page = valueOf(Page, c.req.query());
  if (isRefusal(page)) return refused(page);
  const entries = await c.var.desk.entries(page.after, page.limit);
  const last = entries.at(-1);
  return c.json({ entries, next: entries.length === page.limit && last !== undefined ? last.number : null });
});

carriers.post("/parcels/:id/:to", async (c) => {
  const to = To.safeParse(c.req.param("to"));
  if (!to.success) return refused(refuse("not-found", "A parcel can be shipped, delivered or lost."));
  return respond(await c.var.desk.move(c.req.param("id"), to.data));
});

carriers.get("/portal", async (c) => c.json(await c.var.desk.portal()));
carriers.put("/portal", async (c) => {
  const wanted = await bodyOf(c, Portal);
  if (isRefusal(wanted)) return refused(wanted);
  await c.var.desk.setPortal(wanted);
  return c.json(wanted);
});

carriers.get("/faults", async (c) => c.json(await c.var.desk.faults()));
carriers.put("/faults", async (c) => {
  const wanted = await bodyOf(c, CarrierFaults);
  if (isRefusal(wanted)) return refused(wanted);
  await c.var.desk.setFaults(wanted);
  return c.json(wanted);
});
carriers.delete("/faults", async (c) => {
  await c.var.desk.setFaults({});
  return c.body(null, 204);
});
