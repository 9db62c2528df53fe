import { z } from "zod";
import { count } from "../../../contracts/route.ts";

/** Query of a list: `after` is the `next` of the page before. */
export const PageQuery = z.strictObject({
  limit: count(1, 100).default(50),
  after: z.string().max(64).optional(),
});

/** A page of rows sorted by id, out of one row more than it holds. */
export function pageOf<T extends { id: string }>(
  rows: readonly T[],
  limit: number,
): { items: T[]; next: string | null } {
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
