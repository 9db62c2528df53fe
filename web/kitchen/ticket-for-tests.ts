import type { TicketView } from "../../contracts/kitchen.ts";

const line = {
  item: "soup",
  name: { en: "Soup" },
  variation: null,
  quantity: 1,
  options: [],
  allergens: [],
  note: null,
  bumped: false,
};
/** A soup, and a soup once more, that nobody has answered yet. */
export const ticket: TicketView = {
  order: "ord_1",
  code: "AB12",
  status: "waiting",
  fulfilment: "pickup",
  customer: "Ada L.",
  lines: [line, line],
  note: null,
  allergens: [],
  placedAt: "2026-11-21T19:00:00.000Z",
  requestedFor: null,
  seenAt: "2026-11-21T19:00:01.000Z",
  answerBy: "2026-11-21T19:05:00.000Z",
  suggestedReadyAt: "2026-11-21T19:20:00.000Z",
  readyAt: null,
  driver: null,
  ended: null,
  open: true,
};
