import { eq } from "drizzle-orm";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import { own } from "../../domain/channel/chooser.ts";
import { dbFor } from "../shared/database.ts";
import { carriers } from "../shared/tables/carriers.ts";
import type { OrderingEnv } from "./env.ts";

/** A refusal where a venue names a carrier nobody has agreed with: each of its deliveries would have to be paid back. */
export async function unknownChannel(
  env: OrderingEnv,
  tenant: string,
  channels: readonly string[] = [],
): Promise<Refusal | null> {
  if (channels.every((channel) => channel === own)) return null;
  const rows = await dbFor(env, { tenant }).select({ id: carriers.id }).from(carriers).where(eq(carriers.tenant, tenant));
  const known = new Set([own, ...rows.map(({ id }) => id)]);
  const errors = channels.flatMap((channel, at) =>
    known.has(channel) ? [] : [{ pointer: `/channels/${at}`, detail: "no carrier of yours: PUT /v1/carriers first" }],
  );
  return errors.length === 0 ? null : refuse("invalid-value", "Not every channel is known.", errors);
} // prettier-ignore
