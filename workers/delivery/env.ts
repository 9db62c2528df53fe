import type { CarrierObject } from "./carrier-object.ts";
import type { DriverObject } from "./driver-object.ts";
import type { ZoneObject } from "./zone-object.ts";

/** What wrangler.toml and the secrets give this worker; a test holds the two lists equal. */
export interface DeliveryEnv {
  ZONE: DurableObjectNamespace<ZoneObject>;
  DRIVER: DurableObjectNamespace<DriverObject>;
  CARRIER: DurableObjectNamespace<CarrierObject>;
  DB: D1Database;
  ORDERING_INBOX: Queue;
  DELIVERY_INBOX: Queue;
  DEAD_LETTERS: Queue;
  /** Seals what carriers are shown; the same as the front door's or another. */
  KEY_ENCRYPTION_SECRET: string;
}
