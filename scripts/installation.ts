import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { root, workerNames, workers } from "./project.ts";

const usage = `node scripts/setup.mjs scripts/installation.ts NAME

Writes wrangler.NAME.toml beside each wrangler.toml, in which every worker, queue and database is called
comanda-NAME… instead of comanda…, for a second installation in the same Cloudflare account.`;

/** A name that fits into the longest of ours (a queue's) within the 63 characters Cloudflare allows. */
const installationName = /^[a-z0-9](?:[a-z0-9-]{0,22}[a-z0-9])?$/;

/** Where an installation's configuration of a worker stands, in the folder of the one it is made from. */
export function configFor(config: string, name: string): string {
  return join(dirname(config), `wrangler.${name}.toml`);
}

/** A wrangler.toml with all that is named in the account named for another installation; nothing else differs. */
export function renamed(toml: string, name: string): string {
  if (!installationName.test(name))
    throw new Error(`${name} is no name: up to 24 lower-case letters, digits, hyphens.`);
  return `# Made by scripts/installation.ts; do not edit.\n${toml.replaceAll(/"comanda(?=[-"])/g, `"comanda-${name}`)}`;
}

function main([name]: readonly string[]): void {
  if (name === undefined || name.startsWith("-")) return console.log(usage);
  for (const worker of workerNames) {
    const from = workers[worker];
    const to = configFor(from, name);
    writeFileSync(join(root, to), renamed(readFileSync(join(root, from), "utf8"), name));
    console.log(to);
  }
}

if (import.meta.main) main(process.argv.slice(2));
