import { rmSync } from "node:fs";
import { join, relative } from "node:path";

import { type Credentials, credentialsFile, removeCredentials, writeCredentials } from "./credentials.ts";
import { endLeftovers } from "./leftovers.ts";
import { links } from "./links.ts";
import { demandOpenFiles } from "./open-files.ts";
import { root } from "./project.ts";
import { localOperator, localSecrets } from "./secrets.ts";
import { seed } from "./seed.ts";
import { fastStateDir, startStack, type Stack } from "./stack.ts";
import { askedOf } from "./usage.ts";
import { buildWeb } from "./wrangler.ts";

const usage = `npm start [-- options]
  --port N   the product's port (default 8787, or COMANDA_PORT); the sandbox listens on N + 3
  --fast     keep state in memory: several times faster, gone when the machine stops
  --reset    begin with empty state`;

const asked = askedOf(usage, {
  port: { type: "string" },
  fast: { type: "boolean", default: false },
  reset: { type: "boolean", default: false },
});

if (asked) await main(asked).catch(giveUp);

async function main(options: { port?: string; fast: boolean; reset: boolean }): Promise<void> {
  const port = portFrom(options.port ?? process.env["COMANDA_PORT"] ?? "8787");
  const stateDir = options.fast ? fastStateDir() : join(root, ".dev/state");
  const stopped = new AbortController();
  // A second Ctrl-C must not cut short the first one's waiting for the children.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stopped.abort());
  const parent = process.ppid;
  // Whoever started this was killed outright: nobody is left to press Ctrl-C.
  setInterval(() => process.ppid !== parent && stopped.abort(), 1_000).unref();

  await demandOpenFiles();
  if (options.reset) await reset(stateDir);
  removeCredentials();
  await buildWeb();
  console.log("Starting Comanda …");
  const stack = await startStack({ port, stateDir, signal: stopped.signal, supervise: true, onLost });
  try {
    const post = { sandboxUrl: stack.sandboxUrl, secret: localSecrets().PAYMENT_SECRET };
    const { baseUrl } = stack;
    const credentials = await seed({ baseUrl, operator: localOperator(), stateDir, log: console.log, post });
    writeCredentials(credentials);
    console.log(welcome(stack, credentials));
    await aborted(stopped.signal);
  } finally {
    console.log("Stopping …");
    await stack.stop();
    removeCredentials();
  }

  function onLost(reason: string): void {
    console.error(`Giving up: ${reason}.`);
    process.exitCode = 1;
    stopped.abort();
  }
}

async function reset(stateDir: string): Promise<void> {
  await endLeftovers(stateDir);
  rmSync(stateDir, { recursive: true, force: true });
}

function portFrom(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_532) return port;
  throw new Error(`${text} is no port: a whole number from 1 to 65532, since the sandbox listens three above.`);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

function welcome(stack: Stack, credentials: Credentials): string {
  const { baseUrl, sandboxUrl } = stack;
  const { customer, kitchen, driver, admin, everything } = links(credentials);
  return [
    "",
    `Comanda is ready: ${everything}`,
    `  customer  ${customer}`,
    `  kitchen   ${kitchen}`,
    `  driver    ${driver}`,
    `  admin     ${admin}`,
    "            sign in here, then type the code that a kitchen's tablet or a driver's phone shows, to let it in",
    `  API       ${baseUrl}/openapi.json, a client for each role in ${relative(process.cwd(), credentialsFile)}`,
    `  outside   ${sandboxUrl} (payments, carriers, mail)`,
    `  logs      ${relative(process.cwd(), stack.logs.product)}`,
    "Ctrl-C stops it; the state stays for the next start.",
  ].join("\n");
}

function giveUp(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
