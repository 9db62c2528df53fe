import type { ChannelRanking, ChannelView } from "../../contracts/channel.ts";
import type { Channel } from "../../contracts/ids.ts";
import { own } from "../../domain/channel/chooser.ts";
import { scored } from "../../domain/channel/score.ts";
import { expected } from "../../domain/channel/standing.ts";
import { candidateOf, channelOf, isHeld, loadOf, noChannels, weightsOf } from "../../domain/delivery/deal-channels.ts";
import type { ZoneState } from "../../domain/delivery/zone.ts";

/** What each carrier of the tenant is called, whether or not a zone has ever asked it. */
export type KnownCarriers = ReadonlyMap<Channel, string | null>;

/** The channels of a zone, the best first. */
export function rankingView(zone: string, state: ZoneState, known: KnownCarriers): ChannelRanking {
  const { terms, standings } = state.channels ?? noChannels;
  const channels = [...new Set([own, ...known.keys(), ...Object.keys(terms), ...Object.keys(standings)])];
  const candidates = channels.map((channel) => candidateOf(state, channel, 0));
  const scores = scored(candidates, weightsOf(state));
  const deliveries = Object.values(state.deliveries);
  const rows = candidates.map((candidate, at) => {
    const { channel, standing } = candidate;
    const used = deliveries.reduce((sum, one) => sum + (channelOf(one) === channel ? loadOf(one) : 0), 0);
    const { capacity, fee } = candidate.terms;
    const { success, latencyMs, latenessMs, wayMs, cost } = expected(standing, fee);
    const { turn: _, ...score } = scores[at] ?? { total: 0, cost: 0, time: 0, quality: 0, turn: 0 };
    const left = capacity === null ? null : Math.max(0, capacity - used);
    return {
      channel,
      name: known.get(channel) ?? null,
      score,
      breaker: standing.breaker ?? "closed",
      capacity,
      used,
      left,
      fee,
      expected: {
        success,
        latencySeconds: latencyMs / 1_000,
        latenessSeconds: latenessMs / 1_000,
        waySeconds: wayMs / 1_000,
        cost,
      },
      observed: standing.success?.weight ?? 0,
    };
  });
  const isOut = ({ breaker, left }: (typeof rows)[number]): boolean => breaker === "open" || left === 0;
  const ranked = rows.toSorted((a, b) => Number(isOut(a)) - Number(isOut(b)) || a.score.total - b.score.total);
  return {
    zone,
    weights: weightsOf(state),
    channels: ranked.map((row, at): ChannelView => {
      const why = row.breaker === "open" ? "not-answering" : row.left === 0 ? "full" : at === 0 ? "best" : "behind";
      return { ...row, rank: at + 1, why };
    }),
    waiting: deliveries.filter(isHeld).length,
  };
}
