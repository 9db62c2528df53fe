import { z } from "zod";
import { storefrontRoutes } from "../../contracts/storefront-routes.ts";
import { ask, type Reply, unreadable } from "../shared/api.ts";
import { inBreaths } from "../shared/breath.ts";
import { remembered, type Remembered } from "../shared/remembered.ts";

export type PublishedMenu = z.infer<typeof storefrontRoutes.menu.response>;

const { items, groups } = storefrontRoutes.menu.response.shape;
const Unread = z.record(z.string(), z.unknown());
/** A menu of which what it has hundreds of is still as it came. */
const Cover = storefrontRoutes.menu.response.extend({ items: Unread, groups: Unread });

/** A venue's menu; `fresh` past whatever the browser has kept of it. */
export async function askMenu(venue: string, fresh = false): Promise<Reply<PublishedMenu>> {
  const reply = await ask({ ...storefrontRoutes.menu, response: Cover }, { params: { venue }, fresh });
  if (!reply.ok) return reply;
  const value = await read(reply.value);
  return value === null ? { ok: false, problem: unreadable } : { ok: true, value };
}

/** The menu that this browser remembers; see `remember`. */
export async function rememberedMenu(name: string): Promise<Remembered<PublishedMenu> | null> {
  const kept = await remembered(name, Cover);
  const value = kept === null ? null : await read(kept.value);
  return kept === null || value === null ? null : { value, at: kept.at };
}

/** Hundreds of dishes judged in one go would let a finger wait for a third of a second. Null where one is none. */
async function read(cover: z.infer<typeof Cover>): Promise<PublishedMenu | null> {
  const [allItems, allGroups] = [await each(items, cover.items), await each(groups, cover.groups)];
  return allItems === null || allGroups === null ? null : { ...cover, items: allItems, groups: allGroups };
}

async function each<T>(
  schema: z.ZodType<Record<string, T>>,
  entries: Readonly<Record<string, unknown>>,
): Promise<Record<string, T> | null> {
  const all: Record<string, T> = {};
  let isWhole = true;
  await inBreaths(Object.entries(entries), ([key, value]) => {
    const parsed = schema.safeParse({ [key]: value });
    if (parsed.success) Object.assign(all, parsed.data);
    else isWhole = false;
  });
  return isWhole ? all : null;
}
