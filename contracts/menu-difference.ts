import { z } from "zod";
import { Text } from "./menu.ts";

/**
 * One field of a part of a menu, before and after; null where there is nothing. Prices are minor units, references to
 * other parts are given as their names.
 */
export const FieldDifference = z.object({ field: z.string(), before: z.json(), after: z.json() });
export type FieldDifference = z.infer<typeof FieldDifference>;

/** A part of a menu that came, went or is another than before. */
export const MenuDifference = z
  .object({
    change: z.enum(["added", "removed", "changed"]),
    part: z.enum(["menu", "category", "item", "variation", "group", "option"]),
    /** By ids: `/items/soup/variations/small`; empty for the menu itself. */
    path: z.string(),
    name: Text.nullable(),
    /** The item a variation belongs to, the group an option belongs to. */
    of: Text.nullable(),
    /** What is another; of what came or went its price and what else is told of it. */
    fields: z.array(FieldDifference),
  })
  .meta({ id: "MenuDifference" });
export type MenuDifference = z.infer<typeof MenuDifference>;

/** How a menu differs from another: counted whole, listed as far as `list` reaches. */
export const MenuDifferences = z
  .object({ added: z.int(), removed: z.int(), changed: z.int(), list: z.array(MenuDifference) })
  .meta({ id: "MenuDifferences" });
export type MenuDifferences = z.infer<typeof MenuDifferences>;
