import type { OrderObject } from "./order-object.ts";
import type { VenueObject } from "./venue-object.ts";

/** What wrangler.toml and the secrets give this worker; a test holds the two lists equal. */
export interface OrderingEnv {
  ORDER: DurableObjectNamespace<OrderObject>;
  VENUE: DurableObjectNamespace<VenueObject>;
  DB: D1Database;
  KITCHEN: Fetcher;
  DELIVERY: Fetcher;
  ASSETS: Fetcher;
  ORDERING_INBOX: Queue;
  KITCHEN_INBOX: Queue;
  DELIVERY_INBOX: Queue;
  DEAD_LETTERS: Queue;
  OUTLET: Queue;
  /** Base URL of the payment provider, without a trailing slash. */
  PAYMENT_URL: string;
  PAYMENT_SECRET: string;
  KEY_ENCRYPTION_SECRET: string;
  OPERATOR_ID: string;
  OPERATOR_SECRET: string;
}
