import { Hono } from "hono";
import { z } from "zod";
import { TenantId } from "../../../contracts/ids.ts";
import { isRefusal, refuse, type Refusal } from "../../../contracts/problem.ts";
import { deliver, refused } from "../answer.ts";
import type { SandboxEnv } from "../env.ts";
import { ownMachineOrSecret } from "../guard.ts";
import { valueOf } from "../request.ts";
import { isSignedFor } from "./vapid.ts";

const Browser = z.object({ account: TenantId, browser: z.string().regex(/^[A-Za-z0-9_-]{1,80}$/) });
const Search = z.object({ account: TenantId.default("demo"), browser: z.string().max(80).nullable().default(null) });

/** What RFC 8030 has a sender say beside the message. */
const Headers = z.object({
  ttl: z.coerce.number().int().min(0),
  urgency: z.enum(["very-low", "low", "normal", "high"]).default("normal"),
  topic: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,32}$/)
    .nullable()
    .default(null),
});
const mostBytes = 4_096;

/** The push service: `POST /push/{account}/{browser}` is a browser's endpoint; `/push` shows what came, as it came. */
export const pushService = new Hono<{ Bindings: SandboxEnv }>();

pushService.use("/", ownMachineOrSecret);

pushService.get("/", async (c) => {
  const search = valueOf(Search, c.req.query());
  if (isRefusal(search)) return refused(search);
  return c.json({ pushes: await c.env.PUSH.getByName(search.account).pushes(search.browser) });
});

pushService.post("/:account/:browser", async (c) => {
  const to = valueOf(Browser, c.req.param());
  if (isRefusal(to)) return refused(to);
  const told = valueOf(Headers, Object.fromEntries(c.req.raw.headers));
  if (isRefusal(told)) return refused(told);
  const body = new Uint8Array(await c.req.arrayBuffer());
  const fault = await faultIn(c.req.raw, body);
  if (fault !== null) return refused(fault);
  const { ttl, urgency, topic } = told;
  const key = c.req.header("idempotency-key") ?? null;
  const base64 = Buffer.from(body).toString("base64");
  return deliver(
    await c.env.PUSH.getByName(to.account).take({ browser: to.browser, key, body: base64, ttl, urgency, topic }),
  );
});

pushService.delete("/:account/:browser", ownMachineOrSecret, async (c) => {
  const of = valueOf(Browser, c.req.param());
  if (isRefusal(of)) return refused(of);
  await c.env.PUSH.getByName(of.account).forget(of.browser);
  return c.body(null, 204);
});

/** Why no push service would take it: who sends is not known, the body is not what the browser can read, or too much. */
async function faultIn(request: Request, body: Uint8Array): Promise<Refusal | null> {
  if (!(await isSignedFor(request.headers.get("authorization"), new URL(request.url).origin))) {
    return refuse("unauthenticated", "Present a VAPID token for this origin (RFC 8292).");
  }
  if (request.headers.get("content-encoding") !== "aes128gcm") {
    return refuse("unsupported-media-type", "Send aes128gcm (RFC 8291).");
  }
  if (body.byteLength > mostBytes) return refuse("too-large", `At most ${mostBytes} bytes.`);
  return null;
}
