import { WorkerEntrypoint } from "cloudflare:workers";
import type { Address } from "../../contracts/address.ts";
import type { Desk } from "../../contracts/desk.ts";
import type { Envelope } from "../../contracts/envelope.ts";
import type { OwnDesk } from "./desk.ts";

/** What the front door may ask of any service behind it: what its actors know. Bound to by name, without an address. */
export abstract class ServiceDoor<Env> extends WorkerEntrypoint<Env> implements Desk {
  protected abstract desk(): OwnDesk;

  rehearse(envelope: Envelope) {
    return this.desk().rehearse(envelope);
  }

  standing(of: Address, from: Address) {
    return this.desk().standing(of, from);
  }

  owed(by: Address, to: Address) {
    return this.desk().owed(by, to);
  }

  traceOf(of: Address, order: string) {
    return this.desk().traceOf(of, order);
  }
}
