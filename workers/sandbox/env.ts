import type { ParcelObject } from "./carriers/parcel-object.ts";
import type { LedgerObject } from "./payments/ledger-object.ts";
import type { MailboxObject } from "./mailbox/mailbox-object.ts";
import type { PushServiceObject } from "./push/push-service-object.ts";
import type { TillObject } from "./till/till-object.ts";

/** What wrangler.toml and the secrets give the sandbox; a test holds the two lists equal. */
export interface SandboxEnv {
  LEDGER: DurableObjectNamespace<LedgerObject>;
  MAILBOX: DurableObjectNamespace<MailboxObject>;
  PUSH: DurableObjectNamespace<PushServiceObject>;
  TILL: DurableObjectNamespace<TillObject>;
  PARCEL: DurableObjectNamespace<ParcelObject>;
  PAYMENT_SECRET: string;
}
