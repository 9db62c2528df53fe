import { z } from "zod";

/** `orderRoutes.cancel`, without all that an order is: a board shows nothing of its answer. */
export const cancel = { method: "POST", path: "/v1/orders/{order}/cancel", response: z.unknown() } as const;
