import { z } from "zod";
import { ReportedEvent, ReportId, WebhookBody } from "../../../contracts/webhook.ts";
import type { Schemas } from "./openapi-schemas.ts";

const SignatureHeaders = z.object({
  "webhook-id": ReportId,
  "webhook-timestamp": z.string().meta({ description: "Seconds since 1970." }),
  "webhook-signature": z.string().meta({ description: "Standard Webhooks 1.0: `v1,` and base64, perhaps several." }),
});

/** What Comanda sends to a tenant's endpoints: the `webhooks` of the OpenAPI document, one for each event. */
export function describedWebhooks(schemas: Schemas): Record<string, object> {
  const described = (event: ReportedEvent): object => ({
    post: {
      operationId: `webhook-${event}`,
      tags: ["webhooks"],
      summary: `An order's event: \`comanda.${event}.v1\``,
      parameters: schemas.parameters("header", SignatureHeaders),
      requestBody: {
        required: true,
        content: { "application/json": { schema: schemas.of(WebhookBody, "output") } },
      },
      responses: {
        "2XX": { description: "Taken." },
        410: { description: "Gone: the endpoint is disabled." },
        default: { description: "Not taken: sent again, up to ten times over 75 hours." },
      },
    },
  });
  return Object.fromEntries(ReportedEvent.options.map((event) => [event, described(event)]));
}
