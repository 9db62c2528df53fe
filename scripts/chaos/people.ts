import type { RunSettings } from "../simulate/run.ts";

/** How people behave under the blows: quick, fickle, and with connections that break by themselves as well. */
export function peopleOf(seed: string): RunSettings {
  return {
    seed,
    shares: {
      pickup: 0.5,
      cash: 0.1,
      declinedCard: 0.05,
      cancel: 0.1,
      reject: 0.06,
      declineOffer: 0.1,
      basket: 0.3,
      follow: 0.25,
      wrongPin: 0.05,
      cutSocket: 0.1,
      email: 0.4,
    },
    delays: {
      accept: { from: 300, to: 2_000 },
      cook: { from: 1_000, to: 5_000 },
      collect: { from: 200, to: 1_000 },
      think: { from: 200, to: 1_000 },
      travel: { from: 1_000, to: 3_000 },
      regret: { from: 0, to: 6_000 },
    },
    guests: null,
    pollsPerSecond: 5,
    cutCrewEvery: 20_000,
  };
}
