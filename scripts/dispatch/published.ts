import type { Figures } from "./figures.ts";

/** What the literature reports; blank where it says nothing. Minutes. */
export interface Published {
  readonly name: string;
  readonly figures: Partial<Figures>;
}

/**
 * Reyes, Erera, Savelsbergh, Sahasrabudhe and O'Neil, The Meal Delivery Routing Problem (2018): means over all 240 days.
 * The data's README gives them.
 */
export const published = {
  perfect: [
    {
      name: "published, default",
      figures: {
        undeliveredPct: 0.25,
        clickToDoor: 32.74,
        clickToDoor90: 49.3,
        overage: 2.77,
        readyToPickup: 1.93,
        readyToPickup90: 6.04,
        costPerOrder: 11.42,
        ordersPerBundle: 1.09,
      },
    },
    {
      name: "published, best of each",
      figures: { undeliveredPct: 0.22, clickToDoor: 32.58, overage: 2.72, readyToPickup: 1.79 },
    },
  ],
  estimated: [
    {
      name: "published, estimated",
      figures: {
        undeliveredPct: 0.62,
        clickToDoor: 34.03,
        clickToDoor90: 50.63,
        overage: 3.4,
        readyToPickup: 2.9,
        readyToPickup90: 9.94,
        costPerOrder: 11.32,
      },
    },
  ],
} satisfies Record<string, readonly Published[]>;

/** Click-to-door of single days with everything known beforehand: the paper's policy, and what could be done at best. */
export const clickToDoorByDay: Readonly<Record<string, { readonly paper: number; readonly optimum: number | null }>> = {
  "0o50t100s1p100": { paper: 31.19, optimum: 29.81 },
  "0o50t100s2p100": { paper: 29.79, optimum: 28.96 },
  "0o50t75s1p100": { paper: 28.4, optimum: 27.49 },
  "0o50t75s2p100": { paper: 27.29, optimum: 26.83 },
  "0r50t100s1p100": { paper: 32.46, optimum: 30.76 },
  "0r50t100s2p100": { paper: 31.21, optimum: 29.93 },
  "0r50t75s1p100": { paper: 29.57, optimum: 28.47 },
  "0r50t75s2p100": { paper: 29.03, optimum: 27.95 },
  "1o50t100s1p100": { paper: 38.24, optimum: null },
  "5o100t100s1p100": { paper: 37.1, optimum: null },
};
