import { setTimeout as sleep } from "node:timers/promises";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import { Tokens } from "../client/tokens.ts";
import type { Credentials } from "../credentials.ts";
import { localSecrets } from "../secrets.ts";
import { atRandom } from "../simulate/coming.ts";
import { hireCrew } from "../simulate/crew.ts";
import { type FindingKind, Findings } from "../simulate/findings.ts";
import { Journal } from "../simulate/journal.ts";
import { Latencies } from "../simulate/latencies.ts";
import { driversFor } from "../simulate/orders-for.ts";
import { showProgress } from "../simulate/progress.ts";
import { randomFrom } from "../simulate/random.ts";
import { run } from "../simulate/run.ts";
import { Shop } from "../simulate/shop.ts";
import { describe, type World } from "../simulate/world.ts";
import type { Stack } from "../stack.ts";
import { Audience } from "./audience.ts";
import { blowsFrom } from "./blows.ts";
import { disagreements } from "./books.ts";
import { type ChaosReport, tally } from "./chaos-report.ts";
import { InsistentApi } from "./insistent-api.ts";
import { lastLook } from "./last-look.ts";
import { type Struck, wreak } from "./mayhem.ts";
import { Outages } from "./outages.ts";
import { peopleOf } from "./people.ts";
import { sendCourier } from "./courier.ts";
import { bookings, sendByCarrier } from "./carrier.ts";
import { parcelFaults } from "./parcels.ts";
import { Sandbox } from "./sandbox.ts";
import { filled } from "./shelves.ts";
import { disagreeing, type Surroundings } from "./surroundings.ts";
import type { Excuse } from "./told.ts";

export interface OrdealSettings {
  readonly minutes: number;
  /** Orders a second. */
  readonly rate: number;
  readonly kills: number;
  readonly seed: string;
}

/** Nothing is heard of an order for so long (ms): longer than any wait that a blow can lead to. */
const hungAfterMs = 240_000;
/** Facts are sent again at most so far apart, and a hold that nobody kept is questioned well within it. */
const restWithinMs = 330_000;
const doubleShare = 0.15;
const mostSaid = 50;

/** Orders under blows on a stack that runs, until all is at rest; what was broken is in the report. */
export async function ordeal(
  stack: Stack,
  { tenant, clients }: Credentials,
  settings: OrdealSettings,
  signal: AbortSignal,
): Promise<ChaosReport> {
  const { seed, rate, minutes, kills } = settings;
  const outages = new Outages();
  const world = worldOf(stack, tenant, clients.admin, seed, outages);
  const { api, findings } = world;
  const secret = localSecrets().PAYMENT_SECRET;
  const sandbox = new Sandbox(stack.sandboxUrl, tenant, secret);
  const shops = await shopsOf(world);
  const shelves = await filled(world, shops);
  await sendByCarrier(world, shops, sandbox, secret);
  const people = peopleOf(seed);
  const coming = atRandom(shops, seed, rate, Math.round(rate * 60 * minutes));
  const courier = sendCourier(world, sandbox);
  const audience = await Audience.gather(world, shops, sandbox, seed);
  const crew = await hireCrew(world, shops, driversFor(coming, people, undefined), seed);

  const going = run(world, crew, coming, people);
  const stopProgress = showProgress(world, going, coming.length);
  signal.addEventListener("abort", () => going.stopPlacing());
  const began = performance.now();
  const beganAt = Date.now();
  const say = (line: string) =>
    console.error(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}`);
  const blows = await wreak({ stack, sandbox, outages, signal, say }, blowsFrom(seed, minutes * 60_000, kills));
  await sandbox.behave();
  await audience.unattended.leave();
  say("The last blow has fallen; now all comes to rest.");
  const calm = performance.now();
  await going.done;
  await audience.leave();
  stopProgress();

  const until = performance.now() + restWithinMs;
  const looks = await Promise.all(world.journal.all.map((order) => lastLook(world, order, until)));
  const orders = looks.filter((look) => look !== null);
  const rested = performance.now();
  say("Every order has been looked back at.");
  await courier.stop();
  await agreed({ world, crew, shops, shelves, orders, audience, excuse: excusedBy(beganAt, blows) }, until, say);
  const agreedAt = performance.now();

  const ledger = await sandbox.ledger();
  const parcels = await sandbox.parcels();
  const shipments = Map.groupBy(parcels, ({ reference }) => reference);
  const booking = await bookings(world);
  const booked = Map.groupBy(ledger, ({ reference }) => reference);
  for (const { view, events } of orders) {
    const about = { order: view.id, venue: view.venue };
    const paid = { view, types: events.map(({ type }) => type) };
    for (const detail of disagreements(paid, booked.get(view.id) ?? [])) findings.add("money", detail, about);
    booked.delete(view.id);
    const sent = { view, booking: booking.get(view.id) };
    for (const detail of parcelFaults(sent, shipments.get(view.id) ?? [])) findings.add("contradiction", detail, about);
    shipments.delete(view.id);
  }
  for (const order of booked.keys())
    findings.add("money", "money was moved for an order nobody was told of", { order });
  for (const order of shipments.keys())
    findings.add("contradiction", "a carrier has what nobody was told of", { order });
  await askAgain(world, api);
  const told = await audience.tally();
  audience.close();
  await crew.goHome();
  api.close();

  return {
    seed,
    minutes,
    blows,
    placed: going.placings.placed,
    byOutcome: tally(orders.map(({ view }) => view.status)),
    movements: tally(ledger.map(({ kind }) => kind)),
    parcels: tally(parcels.map(({ kind }) => kind)),
    told,
    events: orders.reduce((sum, { events }) => sum + events.length, 0),
    troubles: world.troubles,
    restAfter: Math.round((rested - calm) / 1000),
    agreedAfter: Math.round((agreedAt - rested) / 1000),
    brokenCount: findings.count,
    broken: findings.kept,
  };
}

/** Longer than the product waits for anybody's answer. */
const longestAnswerMs = 15_000;

/** What died or misbehaved meanwhile, by our own hand, may have swallowed an answer; `beganAt` is when it all began (epoch ms). */
function excusedBy(beganAt: number, blows: readonly Struck[]): Excuse {
  return (from, to) => blows.some(({ at, until }) => beganAt + at <= to && beganAt + until >= from - longestAnswerMs);
}

/** Says what is broken at once, so that it can be looked at while it is. */
class LoudFindings extends Findings {
  override add(kind: FindingKind, detail: string, about: Parameters<Findings["add"]>[2] = {}): void {
    super.add(kind, detail, about);
    if (this.count <= mostSaid) console.error(`BROKEN ${kind}: ${[about.venue, about.order, detail].join(" ").trim()}`);
  }
}

type ChaosWorld = World & { readonly api: InsistentApi };

function worldOf(
  stack: Stack,
  tenant: string,
  admin: Credentials["clients"]["admin"],
  seed: string,
  outages: Outages,
): ChaosWorld {
  const findings = new LoudFindings();
  const troubles = { sockets: 0, requests: 0 };
  const api = new InsistentApi(
    stack.baseUrl,
    {
      serverError: (method, path, status, detail) => {
        if (outages.now) troubles.requests += 1;
        else findings.add("server-error", `${method} ${path} answered ${status}: ${detail}`);
      },
      misshapen: (method, path, detail) => findings.add("contract", `${method} ${path}: ${detail}`),
      unreached: (method, path, detail) => {
        troubles.requests += 1;
        if (!outages.now) findings.add("server-error", `${method} ${path} was not answered: ${detail}`);
      },
    },
    {
      random: randomFrom(seed, "taps"),
      doubleShare,
      differs: (detail) => findings.add("contradiction", detail),
    },
  );
  return {
    api,
    baseUrl: stack.baseUrl,
    tenant,
    admin: Tokens.ofClient(api, admin),
    findings,
    troubles,
    hungAfter: hungAfterMs,
    // They are looked back at when all is over, since under blows nothing has to be in time.
    audits: false,
    journal: new Journal(hungAfterMs),
    latencies: new Latencies(),
  };
}

async function shopsOf({ api, tenant }: World): Promise<Shop[]> {
  const reply = await api.call(venueRoutes.list, { params: { tenant } });
  if (!reply.ok) throw new Error(`The venues of ${tenant} cannot be listed: ${describe(reply)}`);
  return Promise.all(reply.value.venues.map(({ id }) => Shop.at(api, id)));
}

/** Waits until all around the orders say what the orders say; what does not in time is a finding. */
async function agreed(around: Surroundings, until: number, say: (line: string) => void): Promise<void> {
  let wrong = await disagreeing(around);
  for (let told = 0; wrong.length > 0 && performance.now() < until; wrong = await disagreeing(around)) {
    if (wrong.length !== told) say(`${wrong.length} still disagree, such as: ${wrong[0]}`);
    told = wrong.length;
    await sleep(2_000);
  }
  for (const detail of wrong) around.world.findings.add("contradiction", detail);
}

/** Every order once more under its key: it must be the same order. */
async function askAgain({ findings, journal }: World, { asked }: InsistentApi): Promise<void> {
  const ids = new Set<string>();
  for (const { order, again } of asked) {
    const repeated = await again();
    if (repeated !== order) findings.add("contradiction", `asked for again under its key it is ${repeated}`, { order });
    if (ids.has(order)) findings.add("contradiction", "two keys led to it", { order });
    ids.add(order);
  }
  const unasked = journal.all.filter(({ id }) => id !== undefined && !ids.has(id));
  for (const { id } of unasked) findings.add("simulator", "nobody remembers having asked for it", { order: id });
}
