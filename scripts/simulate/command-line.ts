import type { ArgsDef, ParsedArgs } from "citty";

const text = (description: string, valueHint: string) => ({ type: "string", description, valueHint }) as const;
const preset = (description: string, valueHint: string, usual: string) =>
  ({ type: "string", description, valueHint, default: usual }) as const;

/** The options of `npm run simulate`. */
export const simulateArgs = {
  "base-url": text("a running Comanda other than the credentials' own", "URL"),
  credentials: text("what npm start writes", "FILE"),
  orders: text("replay these order lines (order, placed_at, item, quantity, unit_price_gbp)", "FILE"),
  speed: preset("so many times as fast as recorded", "N", "60"),
  date: text("of the recorded orders, this day's only", "YYYY-MM-DD"),
  day: text("of the recorded orders, the busiest such weekday's only, e.g. saturday", "WEEKDAY"),
  days: preset("so many of that weekday, the busiest ones", "N", "1"),
  rate: text("orders a second from the venues' menus", "R"),
  minutes: text("for so long", "M"),
  count: text("so many orders in all", "N"),
  menus: text("import these menu files or folders, a venue for each restaurant, and order from them", "PATHS"),
  currency: preset("of the menus that do not say", "ISO", "GBP"),
  "every-item": {
    type: "boolean",
    description: "order everything the venues sell at least once, for pickup and for delivery",
  },
  venues: text("these venues, or so many of the tenant's", "a,b | N"),
  seed: preset("the same seed, the same decisions", "S", "1"),
  "pickup-share": preset("of orders, the rest are delivered", "SHARE", "0.5"),
  "cash-share": preset("of orders, paid in cash", "SHARE", "0.1"),
  "declined-share": preset("of orders, paid with a card that is declined", "SHARE", "0.01"),
  "cancel-share": preset("of orders, cancelled by the customer", "SHARE", "0.03"),
  "reject-share": preset("of orders, rejected by the kitchen", "SHARE", "0.02"),
  "decline-share": preset("of offers, declined by the driver", "SHARE", "0.1"),
  "basket-share": preset("of orders, opened as a basket and placed in a second step", "SHARE", "0.2"),
  "follow-share": preset("of deliveries, watched on the map", "SHARE", "0.25"),
  "wrong-pin-share": preset("of deliveries, where the driver first says a wrong PIN", "SHARE", "0.02"),
  "cut-share": preset("of customers, whose connection breaks on the way", "SHARE", "0.05"),
  "cut-crew": preset("a tablet's or a driver's connection breaks every so often; 0 never", "TIME", "20s"),
  "dropout-share": preset(
    "of deliveries, whose driver is never heard of again on the way; half the drivers at most",
    "SHARE",
    "0",
  ),
  drivers: text("how many; as many as it takes by default", "N"),
  "kitchen-delay": preset("from the tablet to accepting", "TIME", "500ms-2s"),
  "cook-time": preset("from accepting to ready", "TIME", "1s-4s"),
  "collect-delay": preset("from ready to handed over at the counter", "TIME", "200ms-1s"),
  "driver-delay": preset("from an offer to the answer", "TIME", "200ms-800ms"),
  "travel-time": preset("to the venue, and again to the customer", "TIME", "1s-3s"),
  "cancel-delay": preset("from placing to a change of mind", "TIME", "0s-4s"),
  guests: text("so many guests share all orders; a new guest for each by default", "N"),
  polls: preset("status reads a second", "N", "10"),
  "hung-after": text("an order of which nothing is heard for so long hangs", "TIME"),
  json: text("write the figures there", "FILE"),
  geography: text("a recorded day (as bench:dispatch reads) whose doors and couriers are taken", "DIR"),
  data: text("where relative names of --orders and --menus are looked for as well", "DIR"),
} as const satisfies ArgsDef;

export type SimulateArgs = ParsedArgs<typeof simulateArgs>;
