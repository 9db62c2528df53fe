import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { refuse } from "../../contracts/problem.ts";
import { refused } from "./answer.ts";
import type { SandboxEnv } from "./env.ts";
import { faults } from "./faults-http.ts";
import { mailbox } from "./mailbox/http.ts";
import { page } from "./page.ts";
import { payments } from "./payments/http.ts";

export { MailboxObject } from "./mailbox/mailbox-object.ts";
export { LedgerObject } from "./payments/ledger-object.ts";

const app = new Hono<{ Bindings: SandboxEnv }>();

app.use(bodyLimit({ maxSize: 512 * 1024, onError: () => refused(refuse("too-large", "At most 512 KiB.")) }));

app.get("/healthz", (c) => c.json({ status: "ok" }));
app.route("/payments", payments);
app.route("/faults", faults);
app.route("/", mailbox);
app.route("/", page);

app.notFound(() => refused(refuse("not-found", "The sandbox offers nothing here.")));
app.onError((error) => {
  console.error(error);
  return refused(refuse("internal", "The sandbox itself broke."));
});

export default app;
