import { writeFileSync } from "node:fs";
import { defineCommand, runMain } from "citty";
import { accessIn } from "./client/access.ts";
import { Api } from "./client/api.ts";
import { Tokens } from "./client/tokens.ts";
import { type SimulateArgs, simulateArgs } from "./simulate/command-line.ts";
import { hireCrew } from "./simulate/crew.ts";
import { Findings } from "./simulate/findings.ts";
import { geographyIn } from "./simulate/geography.ts";
import { Journal } from "./simulate/journal.ts";
import { Latencies } from "./simulate/latencies.ts";
import { driversFor, ordersFor } from "./simulate/orders-for.ts";
import { losePatience, silenceSeconds } from "./simulate/patience.ts";
import { showProgress } from "./simulate/progress.ts";
import { reportOf, textOf } from "./simulate/report.ts";
import { run } from "./simulate/run.ts";
import { delaysFrom, settingsFrom } from "./simulate/settings.ts";
import { spanOf, unknownOptions } from "./simulate/text-options.ts";
import type { World } from "./simulate/world.ts";

const command = defineCommand({
  meta: {
    name: "simulate",
    description: "Plays customers, kitchens and drivers against a running Comanda, by its public API and sockets only.",
  },
  args: simulateArgs,
  async run({ args, rawArgs }) {
    try {
      const unknown = unknownOptions(rawArgs, Object.keys(simulateArgs));
      if (unknown.length > 0) throw new Error(`There is no option --${unknown.join(", --")}. See --help.`);
      process.exitCode = (await simulate(args)) ? 0 : 1;
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 2;
    }
  },
});

/** Whether all went as it should. */
async function simulate(args: SimulateArgs): Promise<boolean> {
  const access = accessIn(args.credentials);
  if (access === null) {
    throw new Error(
      "Start Comanda with `npm start` first, or name a credentials file of its shape with --credentials.",
    );
  }
  const { tenant, clients } = access;
  const baseUrl = args["base-url"] ?? access.baseUrl;
  const findings = new Findings();
  const troubles = { sockets: 0, requests: 0 };
  const api = new Api(baseUrl, {
    serverError: (method, path, status, detail) =>
      findings.add("server-error", `${method} ${path} answered ${status}: ${detail}`),
    misshapen: (method, path, detail) => findings.add("contract", `${method} ${path}: ${detail}`),
    unreached: () => (troubles.requests += 1),
  });
  const settings = settingsFrom(args);
  const isLossy = (settings.shares.dropOut ?? 0) > 0;
  const longest = Object.values(delaysFrom(args)).reduce(
    (sum, { to }) => sum + to,
    isLossy ? 60_000 + 4_000 * silenceSeconds : 60_000,
  );
  const hungAfter = args["hung-after"] === undefined ? longest : spanOf(args["hung-after"]).to;
  const admin = Tokens.ofClient(api, clients.admin);
  const world: World = {
    api,
    baseUrl,
    tenant,
    admin,
    findings,
    troubles,
    hungAfter,
    audits: true,
    journal: new Journal(),
    latencies: new Latencies(),
    ...(args.geography === undefined ? {} : { geography: geographyIn(args.geography) }),
  };

  const orders = await ordersFor(world, args);
  const shops = [...new Set(orders.map(({ shop }) => shop))];
  const drivers = driversFor(orders, settings, args.drivers);
  const dropouts = { count: 0, most: Math.floor(drivers / 2) };
  console.error(
    `${orders.length} orders at ${shops.map(({ id }) => id).join(", ")}, ${drivers} drivers, against ${baseUrl}`,
  );
  const regainPatience = isLossy ? await losePatience(world, shops) : async () => {};
  const crew = await hireCrew({ ...world, dropouts }, shops, drivers, settings.seed);

  const began = performance.now();
  const going = run(world, crew, orders, settings);
  const stopProgress = showProgress(world, going, orders.length);
  process.once("SIGINT", () => {
    console.error("\nNo more orders are placed; waiting for those that are. Again Ctrl-C ends it at once.");
    going.stopPlacing();
  });
  // Drivers left on shift would be offered the next run's deliveries, and answer none.
  process.once("SIGTERM", () => {
    console.error("\nEnded before its time; the drivers go off shift.");
    void crew
      .goHome()
      .then(regainPatience)
      .finally(() => process.exit(1));
  });
  await going.done;
  stopProgress();
  const report = reportOf({ ...world, dropouts }, going.placings, settings.seed, (performance.now() - began) / 1000);
  await crew.goHome();
  await regainPatience();
  api.close();
  console.log(textOf(report));
  if (args.json !== undefined) writeFileSync(args.json, `${JSON.stringify(report, null, 2)}\n`);
  return report.brokenCount === 0;
}

await runMain(command);
