import { count, eq } from "drizzle-orm";
import type { Ailment, Sample } from "../../contracts/metrics.ts";
import { endStatuses, OrderStatus } from "../../contracts/order.ts";
import { dbFor } from "../shared/database.ts";
import { deadLetterCounts } from "../shared/dead-letters.ts";
import { databaseCheck, examine, objectsCheck, queuesCheck, type Check } from "../shared/health.ts";
import { backlogOf } from "../shared/metrics/queue-backlog.ts";
import { countedBy, listedIn } from "../shared/metrics/readings.ts";
import { gathered } from "../shared/metrics/sources.ts";
import { Tally } from "../shared/metrics/tally.ts";
import { takeVitals } from "../shared/metrics/vitals.ts";
import { within } from "../shared/within.ts";
import type { OrderingEnv } from "./env.ts";
import { endpoints } from "./tables/endpoints.ts";
import { orders } from "./tables/orders.ts";

const worker = "ordering";
const patienceMs = 3_000;
/** A basket is not in the read model. */
const openStatuses = OrderStatus.options.filter((status) => status !== "basket" && !endStatuses.has(status));

/** What this isolate counts. */
export const tally = new Tally(worker);

export async function measure(env: OrderingEnv, now: number): Promise<Sample[]> {
  const { DB: db, ORDERING_INBOX, KITCHEN_INBOX, DELIVERY_INBOX, OUTLET } = env;
  await tally.tell(db, now, "now");
  return gathered(worker, [
    () => openOrders(env),
    () =>
      countedBy(db, worker, {
        comanda_retransmissions_total: [""],
        comanda_orders_ended_total: [...endStatuses],
        comanda_crons_total: ["done", "failed"],
      }),
    () => openLetters(db, now),
    () =>
      backlogOf(
        worker,
        {
          "ordering-inbox": ORDERING_INBOX,
          "kitchen-inbox": KITCHEN_INBOX,
          "delivery-inbox": DELIVERY_INBOX,
          outlet: OUTLET,
          "ordering-inbox-dead": env.DEAD_LETTERS,
        },
        now,
      ),
    async () => {
      const inHand = await listedIn(db, orders, eq(orders.open, true));
      return takeVitals(worker, { kind: "order", ...inHand, objects: env.ORDER });
    },
    async () => takeVitals(worker, { kind: "endpoint", ...(await listedIn(db, endpoints)), objects: env.ENDPOINT }),
  ]);
}

async function openOrders(env: OrderingEnv): Promise<Sample[]> {
  const rows = await dbFor(env, "installation")
    .select({ state: orders.status, open: count() })
    .from(orders)
    .where(eq(orders.open, true))
    .groupBy(orders.status);
  const found = new Map(rows.map(({ state, open }) => [state, open]));
  return openStatuses.map((state) => {
    return { metric: "comanda_orders", labels: { worker, state }, value: found.get(state) ?? 0 };
  });
}

async function openLetters(db: D1Database, now: number): Promise<Sample[]> {
  const counts = await deadLetterCounts(db);
  return counts.flatMap(({ consumer, open, oldestAt }): Sample[] => {
    const labels = { worker, consumer };
    return [
      { metric: "comanda_dead_letters", labels, value: open },
      { metric: "comanda_dead_letters_oldest_seconds", labels, value: Math.max(0, now - oldestAt) / 1_000 },
    ];
  });
}

/** Everything the installation needs to take orders, and what of it is ill; the services behind say it of themselves. */
export async function ail(env: OrderingEnv): Promise<Ailment[]> {
  const { DB, ORDER, VENUE, ENDPOINT, FLOOR, ORDERING_INBOX, KITCHEN_INBOX, DELIVERY_INBOX, OUTLET, DEAD_LETTERS } =
    env;
  const own = [
    paymentsCheck(env),
    databaseCheck(DB),
    queuesCheck({ ORDERING_INBOX, KITCHEN_INBOX, DELIVERY_INBOX, OUTLET, DEAD_LETTERS }),
    objectsCheck([ORDER, VENUE, ENDPOINT, FLOOR]),
  ];
  const behind = { kitchen: env.KITCHEN, delivery: env.DELIVERY };
  const theirs = Object.entries(behind).map(async ([name, service]): Promise<Ailment[]> => {
    const ailments = await within(patienceMs, Promise.resolve(service.ail())).catch(() => null);
    if (ailments === null) return [{ pointer: `/${name}`, detail: `The ${name} service does not answer.` }];
    return ailments.map(({ pointer, detail }) => ({ pointer: `/${name}${pointer}`, detail }));
  });
  return (await Promise.all([examine(own), ...theirs])).flat();
}

/** The provider itself is not called: what is outside must not make the installation look ill, nor be paid for here. */
function paymentsCheck({ PAYMENT_URL: url }: OrderingEnv): Check {
  return {
    part: "payments",
    // Without it every card would wait for its authorisation until its order is cancelled.
    ill: "PAYMENT_URL is not the address of a payment provider.",
    look: async () => {
      if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw new Error("PAYMENT_URL");
    },
  };
}
