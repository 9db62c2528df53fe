import { timingSafeEqual } from "node:crypto";
import type { Context, Next } from "hono";
import { refuse } from "../../contracts/problem.ts";
import { refused } from "./answer.ts";
import type { SandboxEnv } from "./env.ts";

interface InSandbox {
  Bindings: SandboxEnv;
}

/** Lets through who presents the provider's secret as a bearer token. */
export async function secretOnly<E extends InSandbox>(c: Context<E>, next: Next): Promise<Response | void> {
  if (!presentsSecret(c)) return refused(refuse("unauthenticated", "Present the account's secret as a bearer token."));
  return next();
}

/**
 * The switches and the mailbox are open on the own machine, so that a browser and curl reach them; deployed they
 * hold other people's mail and take the secret. Cloudflare routes by host name, so it cannot be feigned there.
 */
export async function ownMachineOrSecret<E extends InSandbox>(c: Context<E>, next: Next): Promise<Response | void> {
  const { hostname } = new URL(c.req.url);
  if (hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]") return next();
  return secretOnly(c, next);
}

function presentsSecret<E extends InSandbox>(c: Context<E>): boolean {
  const { PAYMENT_SECRET: secret }: Partial<SandboxEnv> = c.env;
  if (secret === undefined || secret === "") return false;
  const given = new TextEncoder().encode(c.req.header("authorization") ?? "");
  const wanted = new TextEncoder().encode(`Bearer ${secret}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
