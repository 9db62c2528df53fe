import { z } from "zod";

/** A tablet or a driver's phone that was let in. */
const Device = z.object({
  id: z.string(),
  /** Whom its tokens speak for: the device, or the driver. */
  subject: z.string(),
  kind: z.enum(["tablet", "driver"]),
  name: z.string(),
  venues: z.array(z.string()).nullable(),
  station: z.string().nullable(),
  createdAt: z.string(),
  /** When it last renewed its token, which it does every ten minutes; null: never yet. */
  refreshedAt: z.string().nullable(),
  signedIn: z.boolean(),
});
export type Device = z.infer<typeof Device>;

const nothing = z.object({});

/** As `/openapi.json` describes them. */
export const deviceRoutes = {
  list: {
    method: "GET",
    path: "/v1/devices",
    response: z.object({ items: z.array(Device), next: z.string().nullable() }),
  },
  approve: { method: "POST", path: "/v1/devices/approve", response: Device },
  deny: { method: "POST", path: "/v1/devices/deny", response: nothing },
  remove: { method: "DELETE", path: "/v1/devices/{id}", response: nothing },
} as const;
