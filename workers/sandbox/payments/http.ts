import { Hono } from "hono";
import { z } from "zod";
import { isRefusal } from "../../../contracts/problem.ts";
import { deliver, refused } from "../answer.ts";
import type { SandboxEnv } from "../env.ts";
import { secretOnly } from "../guard.ts";
import { accountOf, bodyOf, keyOf, valueOf } from "../request.ts";
import type { Command } from "./ledger.ts";
import type { LedgerObject } from "./ledger-object.ts";
import { Authorisation, Capture, Refund, Void } from "./payment.ts";

const Reference = z.object({ reference: z.string().min(1).max(200) });
const Page = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

interface Variables {
  ledger: DurableObjectStub<LedgerObject>;
  key: string;
}

/** The payment provider: `/payments`. */
export const payments = new Hono<{ Bindings: SandboxEnv; Variables: Variables }>();

payments.use(secretOnly, async (c, next) => {
  const named = accountOf(c);
  if (isRefusal(named)) return refused(named);
  c.set("ledger", c.env.LEDGER.getByName(named.account));
  return next();
});

payments.post("*", async (c, next) => {
  const named = keyOf(c);
  if (isRefusal(named)) return refused(named);
  c.set("key", named.key);
  return next();
});

payments.post("/authorisations", async (c) => {
  const body = await bodyOf(c, Authorisation);
  return isRefusal(body) ? refused(body) : perform(c.var, { type: "authorise", body });
});

payments.post("/:id/capture", async (c) => {
  const body = await bodyOf(c, Capture);
  return isRefusal(body) ? refused(body) : perform(c.var, { type: "capture", payment: c.req.param("id"), body });
});

payments.post("/:id/void", async (c) => {
  const body = await bodyOf(c, Void);
  return isRefusal(body) ? refused(body) : perform(c.var, { type: "void", payment: c.req.param("id") });
});

payments.post("/:id/refund", async (c) => {
  const body = await bodyOf(c, Refund);
  return isRefusal(body) ? refused(body) : perform(c.var, { type: "refund", payment: c.req.param("id"), body });
});

payments.get("/", async (c) => {
  const query = valueOf(Reference, c.req.query());
  return isRefusal(query) ? refused(query) : deliver(await c.var.ledger.paymentsOf(query.reference));
});

payments.get("/ledger", async (c) => {
  const page = valueOf(Page, c.req.query());
  if (isRefusal(page)) return refused(page);
  const movements = await c.var.ledger.movements(page.after, page.limit);
  const last = movements.at(-1);
  return c.json({ movements, next: movements.length === page.limit && last !== undefined ? last.number : null });
});

payments.get("/:id", async (c) => deliver(await c.var.ledger.payment(c.req.param("id"))));

async function perform({ ledger, key }: Variables, command: Command): Promise<Response> {
  return deliver(await ledger.act(key, command));
}
