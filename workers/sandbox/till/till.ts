import { z } from "zod";
import { OrderId, VenueId } from "../../../contracts/ids.ts";

/** What a till is set up with: Comanda's address, an API client of the role `staff`, its endpoint's secret. */
export const TillSettings = z.strictObject({
  api: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/$/, "")),
  client: z.strictObject({ id: z.string().min(1).max(100), secret: z.string().min(1).max(200) }),
  secret: z.string().regex(/^whsec_[A-Za-z0-9+/=]{8,}$/),
  /** How long the cook takes (ms), from when the till has heard of an order until it says that it is ready. */
  cooksForMs: z.int().min(0).max(3_600_000).default(0),
});
export type TillSettings = z.infer<typeof TillSettings>;

/** As much of a webhook as a till reads. */
export const Webhook = z.looseObject({
  type: z.string(),
  data: z.looseObject({ order: OrderId, venue: VenueId, code: z.string() }),
});

/** An order as the till knows it. */
export interface TillOrder {
  readonly order: string;
  readonly venue: string;
  readonly code: string;
  /** What the till has done: heard of it, accepted it, said that it is ready; or the order ended without. */
  readonly state: "heard" | "accepted" | "ready" | "over";
}
