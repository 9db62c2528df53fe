import { z } from "zod";
import { ChannelRanking, ChannelTerms, ChannelWeights } from "./channel.ts";
import { Channel, ZoneId } from "./ids.ts";
import type { Role } from "./principal.ts";
import type { RouteContract } from "./route.ts";

const admins = ["admin"] as const satisfies readonly Role[];
const staff = ["staff", "admin"] as const satisfies readonly Role[];
const query = z.strictObject({ zone: ZoneId.default("main") });
const put = { method: "PUT", roles: admins, query, response: ChannelRanking, status: 200, idempotent: false } as const;

/** By whom deliveries are brought: own drivers and carriers, ranked for a zone. */
export const channelRoutes = {
  list: {
    method: "GET",
    path: "/v1/delivery/channels",
    summary: "The channels of a zone, the best first: scores, breakers, capacity left, and why",
    roles: staff,
    query,
    response: ChannelRanking,
    status: 200,
    idempotent: false,
  },
  weigh: {
    ...put,
    path: "/v1/delivery/channels/weights",
    summary: "What counts how much where a channel is chosen; holds at once, for all that nobody was asked for yet",
    body: ChannelWeights.partial(),
  },
  agree: {
    ...put,
    path: "/v1/delivery/channels/{channel}",
    summary: "How much a channel can take, and what a delivery by it costs",
    params: z.object({ channel: Channel }),
    body: ChannelTerms.partial(),
  },
} as const satisfies Record<string, RouteContract>;
