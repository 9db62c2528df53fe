import { Hono } from "hono";
import { isRefusal } from "../../contracts/problem.ts";
import { refused } from "./answer.ts";
import type { SandboxEnv } from "./env.ts";
import { Faults } from "./faults.ts";
import { ownMachineOrSecret } from "./guard.ts";
import { accountOf, bodyOf } from "./request.ts";

/** The switches of an account's faults: `/faults`. */
export const faults = new Hono<{ Bindings: SandboxEnv; Variables: { account: string } }>();

faults.use(ownMachineOrSecret, async (c, next) => {
  const named = accountOf(c);
  if (isRefusal(named)) return refused(named);
  c.set("account", named.account);
  return next();
});

faults.get("/", async (c) => c.json(await read(c.env, c.var.account)));

faults.put("/", async (c) => {
  const wanted = await bodyOf(c, Faults);
  if (isRefusal(wanted)) return refused(wanted);
  await write(c.env, c.var.account, wanted);
  return c.json(wanted);
});

faults.delete("/", async (c) => {
  await write(c.env, c.var.account, {});
  return c.body(null, 204);
});

async function read({ LEDGER, MAILBOX, PUSH }: SandboxEnv, account: string): Promise<object> {
  const [payments, mail, push] = await Promise.all([
    LEDGER.getByName(account).fault(),
    MAILBOX.getByName(account).fault(),
    PUSH.getByName(account).fault(),
  ]);
  return {
    ...(payments === null ? {} : { payments }),
    ...(mail === null ? {} : { mail }),
    ...(push === null ? {} : { push }),
  };
}

async function write(
  { LEDGER, MAILBOX, PUSH }: SandboxEnv,
  account: string,
  { payments, mail, push }: Faults,
): Promise<void> {
  await Promise.all([
    LEDGER.getByName(account).setFault(payments ?? null),
    MAILBOX.getByName(account).setFault(mail ?? null),
    PUSH.getByName(account).setFault(push ?? null),
  ]);
}
