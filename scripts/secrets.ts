import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";

import { z } from "zod";

import { root } from "./project.ts";

const Secrets = z.object({ OPERATOR_ID: z.string(), OPERATOR_SECRET: z.string(), PAYMENT_SECRET: z.string() });

/** The local secrets that setup wrote into .dev.vars. */
export function localSecrets(): z.infer<typeof Secrets> {
  return Secrets.parse(parseEnv(readFileSync(join(root, ".dev.vars"), "utf8")));
}

/** The local first API client, which may create tenants. */
export function localOperator(): { id: string; secret: string } {
  const { OPERATOR_ID, OPERATOR_SECRET } = localSecrets();
  return { id: OPERATOR_ID, secret: OPERATOR_SECRET };
}
