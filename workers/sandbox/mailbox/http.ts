import { Hono } from "hono";
import { z } from "zod";
import { TenantId } from "../../../contracts/ids.ts";
import { isRefusal } from "../../../contracts/problem.ts";
import { deliver, refused } from "../answer.ts";
import type { SandboxEnv } from "../env.ts";
import { ownMachineOrSecret } from "../guard.ts";
import { bodyOf, keyOf, valueOf } from "../request.ts";
import { Mail } from "./mail.ts";

const Search = z.object({
  account: TenantId.default("demo"),
  to: z.string().min(1).max(254).nullable().default(null),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

/** The mail provider, `POST /mail`, and the mailbox everything arrives in, `/mailbox`. */
export const mailbox = new Hono<{ Bindings: SandboxEnv }>();

mailbox.use("/mail", ownMachineOrSecret);
mailbox.use("/mailbox", ownMachineOrSecret);

mailbox.post("/mail", async (c) => {
  const named = keyOf(c);
  if (isRefusal(named)) return refused(named);
  const mail = await bodyOf(c, Mail);
  return isRefusal(mail) ? refused(mail) : deliver(await c.env.MAILBOX.getByName(mail.tenant).send(named.key, mail));
});

mailbox.get("/mailbox", async (c) => {
  const search = valueOf(Search, c.req.query());
  if (isRefusal(search)) return refused(search);
  return c.json({ mails: await c.env.MAILBOX.getByName(search.account).mails(search.to, search.limit) });
});

mailbox.delete("/mailbox", async (c) => {
  const search = valueOf(Search, c.req.query());
  if (isRefusal(search)) return refused(search);
  await c.env.MAILBOX.getByName(search.account).empty(search.to);
  return c.body(null, 204);
});
