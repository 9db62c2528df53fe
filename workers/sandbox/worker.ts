import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { refuse } from "../../contracts/problem.ts";
import { log } from "../shared/log.ts";
import { during, requested } from "../shared/occasion.ts";
import { troubleOf } from "../shared/trouble.ts";
import { refused } from "./answer.ts";
import type { SandboxEnv } from "./env.ts";
import { carriers } from "./carriers/http.ts";
import { faults } from "./faults-http.ts";
import { mailbox } from "./mailbox/http.ts";
import { page } from "./page.ts";
import { payments } from "./payments/http.ts";
import { pushService } from "./push/http.ts";
import { tills } from "./till/http.ts";

export { ParcelObject } from "./carriers/parcel-object.ts";
export { MailboxObject } from "./mailbox/mailbox-object.ts";
export { LedgerObject } from "./payments/ledger-object.ts";
export { PushServiceObject } from "./push/push-service-object.ts";
export { TillObject } from "./till/till-object.ts";

const app = new Hono<{ Bindings: SandboxEnv }>();

app.use(bodyLimit({ maxSize: 512 * 1024, onError: () => refused(refuse("too-large", "At most 512 KiB.")) }));

app.get("/healthz", (c) => c.json({ status: "ok" }));
app.route("/payments", payments);
app.route("/carriers", carriers);
app.route("/faults", faults);
app.route("/tills", tills);
app.route("/push", pushService);
app.route("/", mailbox);
app.route("/", page);

app.notFound(() => refused(refuse("not-found", "The sandbox offers nothing here.")));
app.onError((error) => {
  log.error("request failed", { ...troubleOf(error) });
  return refused(refuse("internal", "The sandbox itself broke."));
});

export default {
  fetch(request, env, ctx) {
    return during(requested("sandbox", request), () => app.fetch(request, env, ctx));
  },
} satisfies ExportedHandler<SandboxEnv>;
