import { rfc3339 } from "../../contracts/time.ts";
import type { Report } from "./endpoint.ts";

/**
 * What is sent of a report, the same at every attempt: a CloudEvents 1.0 event, whose `type`, `timestamp` and `data` are
 * also where Standard Webhooks 1.0 has them.
 */
export function bodyOf(self: { tenant: string; id: string }, report: Report): string {
  const { id, event, data, alert, sequence } = report;
  const at = rfc3339(report.at);
  const source = data === null ? `endpoints/${self.id}` : `orders/${data.order}`;
  const told = alert === undefined ? { message: "This is a test." } : { ...alert, at };
  return JSON.stringify({
    specversion: "1.0",
    id,
    source: `/tenants/${self.tenant}/${source}`,
    type: `comanda.${event}.v1`,
    subject: data?.order ?? alert?.letter ?? self.id,
    time: at,
    timestamp: at,
    datacontenttype: "application/json",
    sequence: String(sequence).padStart(10, "0"),
    data: data === null ? told : dataOf(data),
  });
}

function dataOf({ at: _, event: __, placedAt, requestedFor, readyAt, ticket, ...data }: NonNullable<Report["data"]>) {
  return {
    ...data,
    placedAt: rfc3339(placedAt),
    requestedFor: requestedFor === null ? null : rfc3339(requestedFor),
    readyAt: readyAt === null ? null : rfc3339(readyAt),
    ...(ticket === null
      ? {}
      : {
          customer: ticket.customer,
          lines: ticket.lines,
          note: ticket.note ?? null,
          answerBy: rfc3339(ticket.answerBy),
          suggestedReadyAt: rfc3339(ticket.suggestedReadyAt),
        }),
  };
}
