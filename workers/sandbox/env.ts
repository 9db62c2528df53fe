import type { LedgerObject } from "./payments/ledger-object.ts";
import type { MailboxObject } from "./mailbox/mailbox-object.ts";

/** What wrangler.toml and the secrets give the sandbox; a test holds the two lists equal. */
export interface SandboxEnv {
  LEDGER: DurableObjectNamespace<LedgerObject>;
  MAILBOX: DurableObjectNamespace<MailboxObject>;
  PAYMENT_SECRET: string;
}
