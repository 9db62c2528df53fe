import type { Desk } from "../../contracts/desk.ts";
import type { Observed } from "../../contracts/metrics.ts";
import type { Doorkeeper } from "../../contracts/principal.ts";
import type { EndpointObject } from "./endpoint-object.ts";
import type { FloorObject } from "./floor-object.ts";
import type { OrderObject } from "./order-object.ts";
import type { VenueObject } from "./venue-object.ts";

/** What wrangler.toml and the secrets give this worker; a test holds the two lists equal. */
export interface OrderingEnv {
  ORDER: DurableObjectNamespace<OrderObject>;
  VENUE: DurableObjectNamespace<VenueObject>;
  ENDPOINT: DurableObjectNamespace<EndpointObject>;
  FLOOR: DurableObjectNamespace<FloorObject>;
  DB: D1Database;
  KITCHEN: Fetcher & Doorkeeper & Desk & Observed;
  DELIVERY: Fetcher & Doorkeeper & Desk & Observed;
  ASSETS: Fetcher;
  ORDERING_INBOX: Queue;
  KITCHEN_INBOX: Queue;
  DELIVERY_INBOX: Queue;
  DEAD_LETTERS: Queue;
  OUTLET: Queue;
  /** The platform's counter of sign-ins, by address. */
  SIGN_INS: RateLimit;
  /** Limits as `requests/seconds`, or `off`: of guests and providers, of the crew, of who has no token, and so on. */
  LIMIT_CLIENT: string;
  LIMIT_CREW: string;
  LIMIT_ANONYMOUS: string;
  LIMIT_TENANT: string;
  LIMIT_ADDRESS: string;
  /** Whether webhooks may go to this very machine: `allowed` in development only, `refused` everywhere else. */
  WEBHOOK_LOOPBACK: string;
  /** Base URL of the payment provider, without a trailing slash. */
  PAYMENT_URL: string;
  PAYMENT_SECRET: string;
  /** Base URL of the mail provider, without a trailing slash; empty: no mail is sent. */
  MAIL_URL: string;
  /** Base URL of the pages as people know it, without a trailing slash; empty: mails lead to no page. */
  PUBLIC_URL: string;
  /** The pair push services know this installation by, base64url: a point of P-256 of 65 bytes, and its 32 bytes. */
  VAPID_PUBLIC_KEY: string;
  VAPID_PRIVATE_KEY: string;
  /** Whom a push service may write to, as `mailto:` or `https:`; empty: it is not told. */
  VAPID_SUBJECT: string;
  KEY_ENCRYPTION_SECRET: string;
  OPERATOR_ID: string;
  OPERATOR_SECRET: string;
}
