import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { z } from "zod";

import { root } from "./project.ts";

const Client = z.object({ id: z.string(), secret: z.string() });

/** What a local start leaves for scripts and newcomers: one API client for each role of the tenant `demo`. */
export const Credentials = z.object({
  baseUrl: z.string(),
  tenant: z.string(),
  clients: z.object({ admin: Client, staff: Client, driver: Client, provider: Client }),
  /** The installation's operator, who makes tenants. */
  operator: Client,
});
export type Credentials = z.infer<typeof Credentials>;

export const credentialsFile = join(root, ".dev/credentials.json");

/** Throws where the file is missing or of another shape. */
export function readCredentials(file: string = credentialsFile): Credentials {
  return Credentials.parse(JSON.parse(readFileSync(file, "utf8")));
}

/** Whoever sees the file sees all of it: it is renamed into place. */
export function writeCredentials(credentials: Credentials, file: string = credentialsFile): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export function removeCredentials(file: string = credentialsFile): void {
  rmSync(file, { force: true });
}
