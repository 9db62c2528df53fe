import { writeFileSync } from "node:fs";
import { defineCommand, runMain } from "citty";
import { addressOf } from "../contracts/address.ts";
import type { Point } from "../contracts/point.ts";
import { isRefusal } from "../contracts/problem.ts";
import type { ZoneCommand } from "../domain/delivery/command.ts";
import { isOver } from "../domain/delivery/delivery.ts";
import { zoneRules } from "../domain/delivery/zone-rules.ts";
import type { ZoneState } from "../domain/delivery/zone.ts";
import { seededRandom } from "../domain/menu/seeded-random.ts";
import { bundleAll } from "./bench/miniflare-stack.ts";
import { measureInPlace } from "./bench/zone-in-place.ts";
import { percentile } from "./dispatch/figures.ts";
import { demandOpenFiles } from "./open-files.ts";
import { unknownOptions, numberOf } from "./simulate/text-options.ts";

const args = {
  drivers: { type: "string", description: "on shift", default: "200", valueHint: "N" },
  open: { type: "string", description: "deliveries that are open", default: "150", valueHint: "N" },
  rounds: { type: "string", description: "commands that are measured", default: "600", valueHint: "N" },
  rules: { type: "boolean", description: "the rules only, without the object in a running system" },
  json: { type: "string", description: "write the figures there", valueHint: "FILE" },
} as const;

const promisedMs = 20;
const minute = 60_000;
const vehicles = ["bike", "car", "foot"] as const;

const command = defineCommand({
  meta: {
    name: "bench:zone",
    description: "What a zone's rounds take on this machine: its rules, and its object under Miniflare.",
  },
  args,
  async run({ args: { drivers, open, rounds, rules, json }, rawArgs }) {
    try {
      const unknown = unknownOptions(rawArgs, Object.keys(args));
      if (unknown.length > 0) throw new Error(`There is no option --${unknown.join(", --")}. See --help.`);
      const zone = new BusyZone(numberOf(drivers, "drivers", 1), numberOf(open, "open", 1));
      // The compiler's time is not the zone's.
      for (let turn = 0; turn < 150; turn += 1) zone.turn();
      zone.times.length = 0;
      zone.deadlines.length = 0;
      for (let turn = 0; turn < numberOf(rounds, "rounds", 1); turn += 1) zone.turn();
      const figures = { drivers: Number(drivers), open: zone.open(), rounds: spread(zone.times), deadlines: spread(zone.deadlines) }; // prettier-ignore
      console.log(
        [
          `${figures.drivers} drivers, about ${figures.open} open deliveries, ${zone.times.length} commands, each with a round`,
          line("a command and its round", figures.rounds),
          line("what is due when", figures.deadlines),
        ].join("\n"),
      );
      const object = rules === true ? null : await inPlace(Number(drivers), Number(open), Number(rounds));
      if (object !== null) {
        console.log(
          [
            `the object under Miniflare: ${object.drivers} drivers, ${object.waiting} deliveries waiting, one call at a time`,
            line("a call with nothing to do", object.empty),
            line("a command and its round", object.calls),
            line("the round alone", object.rounds),
          ].join("\n"),
        );
      }
      if (json !== undefined) writeFileSync(json, `${JSON.stringify({ ...figures, object }, null, 2)}\n`);
      process.exitCode = Math.max(figures.rounds.p99, object?.rounds.p99 ?? 0) > promisedMs ? 1 : 0;
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 2;
    }
  },
});

/** What a round takes in the object: what its call takes longer than one with nothing to do usually does. */
async function inPlace(drivers: number, open: number, rounds: number) {
  await demandOpenFiles();
  const product = await (await bundleAll()).start("tmpfs");
  try {
    const { rounds: calls, empty, ...zone } = await measureInPlace(product, drivers, open, rounds);
    const usual = percentile(empty, 0.5);
    const alone = calls.map((ms) => Math.max(0, ms - usual));
    return { ...zone, empty: spread(empty), calls: spread(calls), rounds: spread(alone) };
  } finally {
    await product.stop();
  }
}

/** A zone at dinner time: as many deliveries come as are brought. */
class BusyZone {
  state: ZoneState = zoneRules.initial;
  readonly times: number[] = [];
  readonly deadlines: number[] = [];
  readonly #random = seededRandom(5);
  readonly #target: number;
  #now = 1_794_679_200_000;
  #seq = 0;
  #orders = 0;
  readonly #venues: Point[];

  constructor(drivers: number, open: number) {
    this.#target = open;
    this.#venues = Array.from({ length: 40 }, () => this.#point());
    for (let at = 0; at < drivers; at += 1) {
      const driver = `drv_${at}`;
      const address = addressOf("driver", "demo", driver);
      this.#do({ type: "come-on", driver, address, name: driver, vehicle: vehicles[at % 3] ?? "bike", point: this.#point() }); // prettier-ignore
    }
    while (this.open() < open) this.#request();
  }

  open(): number {
    return Object.values(this.state.deliveries).filter(({ stage }) => !isOver(stage)).length;
  }

  /** What is due is done, and one thing more happens. */
  turn(): void {
    this.#now += 1_000 + Math.floor(this.#random() * 2_000);
    for (let fired = 0; fired < 50; fired += 1) {
      const began = process.threadCpuUsage();
      const due = Object.entries(zoneRules.deadlines(this.state)).toSorted(([, x], [, y]) => x - y)[0];
      this.deadlines.push(since(began));
      if (due === undefined || due[1] > this.#now) break;
      this.#do(zoneRules.timeout(due[0]), "timer");
    }
    this.#next();
  }

  #next(): void {
    if (this.open() < this.#target) return this.#request();
    const all = Object.values(this.state.deliveries);
    const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(this.#random() * list.length)];
    const offered = pick(all.filter(({ stage }) => stage.status === "offered"));
    if (offered?.stage.status === "offered" && this.#random() < 0.6) {
      const { id } = offered.stage.driver;
      const type = this.#random() < 0.9 ? "accept" : "decline";
      return this.#do({ type, order: offered.job.order, driver: id }, id);
    }
    const assigned = pick(all.filter(({ stage }) => stage.status === "assigned"));
    if (assigned?.stage.status === "assigned" && this.#random() < 0.5) {
      const { id } = assigned.stage.driver;
      return this.#do({ type: "pick-up", order: assigned.job.order, driver: id }, id);
    }
    const under = pick(all.filter(({ stage }) => stage.status === "picked-up"));
    if (under?.stage.status === "picked-up") {
      const { id } = under.stage.driver;
      return this.#do({ type: "deliver", order: under.job.order, driver: id, pin: "1234" }, id);
    }
  }

  #request(): void {
    this.#orders += 1;
    const order = `ord_${String(this.#orders).padStart(26, "0")}`;
    const at = Math.floor(this.#random() * this.#venues.length);
    const place = (point: Point) => ({ name: "A", address: "B", point });
    const job = {
      order,
      customer: addressOf("order", "demo", order),
      code: `A${this.#orders}`,
      venue: `venue-${at}`,
      pickup: place(this.#venues[at] ?? this.#point()),
      dropoff: place(this.#point()),
      pin: "1234",
      readyAt: this.#now + Math.floor(this.#random() * 25) * minute,
      cash: null,
    };
    this.#do({ type: "request", job });
  }

  #do(what: ZoneCommand, by = "bench"): void {
    const self = addressOf("zone", "demo", "main");
    const began = process.threadCpuUsage();
    const events = zoneRules.decide(this.state, what, { now: this.#now, self, by });
    if (isRefusal(events) || events.length === 0) return;
    this.times.push(since(began));
    for (const event of events) {
      this.#seq += 1;
      const recorded = { ...event, seq: this.#seq, at: this.#now, by };
      const before = this.state;
      this.state = zoneRules.evolve(before, recorded);
      zoneRules.publish(recorded, this.state, before);
    }
  }

  /** Somewhere within seven kilometres. */
  #point(): Point {
    return { lat: 52.45 + this.#random() * 0.13, lng: 13.3 + this.#random() * 0.2 };
  }
}

/** Milliseconds of processor time: what else the machine does is not counted. */
function since(began: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(began);
  return (user + system) / 1_000;
}

function spread(times: readonly number[]) {
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99), max: Math.max(...times) };
}

function line(name: string, { p50, p99, max }: ReturnType<typeof spread>): string {
  return `${name.padEnd(26)} p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, max ${max.toFixed(2)} ms`;
}

await runMain(command);
