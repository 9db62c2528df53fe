import { Hono, type Context } from "hono";
import { isRefusal, refuse } from "../../../contracts/problem.ts";
import { refused } from "../answer.ts";
import type { SandboxEnv } from "../env.ts";
import { ownMachineOrSecret } from "../guard.ts";
import { bodyOf } from "../request.ts";
import { TillSettings } from "./till.ts";

const name = ":till{[a-z0-9-]{1,63}}";

/** Points of sale: `PUT /tills/{till}` sets one up, `POST …/events` is its webhook, `GET` shows what it has. */
export const tills = new Hono<{ Bindings: SandboxEnv }>();

tills.post(`/${name}/events`, async (c) => {
  const status = await tillOf(c).hear([...c.req.raw.headers], await c.req.text());
  if (status === 204) return c.body(null, 204);
  if (status === 401) return refused(refuse("unauthenticated", "The signature does not fit."));
  return refused(status === 404 ? refuse("not-found", "There is no such till.") : refuse("invalid-value", "No order."));
});

tills.put(`/${name}`, ownMachineOrSecret, async (c) => {
  const settings = await bodyOf(c, TillSettings);
  if (isRefusal(settings)) return refused(settings);
  await tillOf(c).setUp(settings);
  return c.body(null, 204);
});

tills.get(`/${name}`, ownMachineOrSecret, async (c) => {
  return c.json({ orders: await tillOf(c).orders() });
});

function tillOf(c: Context<{ Bindings: SandboxEnv }>) {
  return c.env.TILL.getByName(c.req.param("till") ?? "");
}
