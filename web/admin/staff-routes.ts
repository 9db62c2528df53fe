import { z } from "zod";

/** A program, or somebody's way in: signs in with an id and a secret. */
const Client = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(["staff", "driver", "service", "admin"]),
  subject: z.string(),
  venues: z.array(z.string()).nullable(),
  createdAt: z.string(),
  formerUntil: z.string().nullable(),
});
export type Client = z.infer<typeof Client>;

const ClientWithSecret = Client.extend({ secret: z.string() });
export type ClientWithSecret = z.infer<typeof ClientWithSecret>;

/** As `/openapi.json` describes them. */
export const clientRoutes = {
  list: {
    method: "GET",
    path: "/v1/clients",
    response: z.object({ items: z.array(Client), next: z.string().nullable() }),
  },
  create: { method: "POST", path: "/v1/clients", response: ClientWithSecret },
  rotate: { method: "POST", path: "/v1/clients/{id}/secret", response: ClientWithSecret },
  remove: { method: "DELETE", path: "/v1/clients/{id}", response: z.object({}) },
} as const;
