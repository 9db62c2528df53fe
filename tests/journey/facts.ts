import type { Address } from "../../contracts/address.ts";
import type { Envelope } from "../../contracts/envelope.ts";

/** A fact as its sender would put it on a queue. */
export function enclosed(from: Address, to: Address, sequence: number, type: string, data: object): Envelope {
  const [, tenant = "", id = ""] = from.split("/");
  return {
    specversion: "1.0",
    id: `${from}>${to}#${sequence}`,
    source: `/tenants/${tenant}/${from.split("/")[0]}s/${id}`,
    type,
    subject: id,
    time: new Date().toISOString(),
    datacontenttype: "application/json",
    data,
    tenant,
    from,
    to,
    sequence,
    correlationid: id,
    causationid: `${from}#${sequence}`,
  };
}
