import type { Address } from "../../../contracts/address.ts";
import { eventTypeOf, type Envelope } from "../../../contracts/envelope.ts";

/** A fact on its way, as an outbox writes it; `at` is when it was said (epoch ms). */
export function envelopeOf(from: Address, to: Address, sequence: number, at = Date.now()): Envelope {
  return {
    specversion: "1.0",
    id: `${from}>${to}#${sequence}`,
    source: `/tenants/t/${from}`,
    type: eventTypeOf("ticket.started"),
    subject: "ord_1",
    time: new Date(at).toISOString(),
    datacontenttype: "application/json",
    data: { by: `fact ${sequence}` },
    tenant: "t",
    from,
    to,
    sequence,
    correlationid: "ord_1",
    causationid: `${from}#${sequence}`,
  };
}
