import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Basket } from "../contracts/basket.ts";
import { MenuDocument } from "../contracts/menu.ts";
import { canonical } from "../domain/menu/canonical.ts";
import { check } from "../domain/menu/check.ts";
import { compile } from "../domain/menu/compile.ts";
import { importMenu } from "../domain/menu/import-menu.ts";
import { everyItemBaskets } from "../domain/menu/sample-basket.ts";
import { seededRandom } from "../domain/menu/seeded-random.ts";
import { price } from "../domain/order/pricing.ts";

const data = process.env.COMANDA_DATA ?? join(import.meta.dirname, "../../shared/data");
const menus = `${data}/menus`;
const present = existsSync(menus);
if (!present) console.warn(`Skipped: no real menus in ${menus}. Set COMANDA_DATA to the folder of the data.`);

const platform = present ? readdirSync(`${menus}/bangkok`).filter((name) => name.endsWith(".json")) : [];
const files = present ? [...platform.map((name) => `bangkok/${name}`), "square-catalog.json"] : [];
const vendors = [...new Set(platform.map((name) => name.split(".")[0] ?? name))];

function imported(name: string, existing: MenuDocument | null = null) {
  const result = importMenu(readFileSync(`${menus}/${name}`, "utf8"), { currency: "USD" }, existing);
  if ("refused" in result || result.document === null) throw new Error(`${name} was refused.`);
  return { document: result.document, faults: result.faults };
}

describe.skipIf(!present)("menus of real restaurants", () => {
  it.each(files)("%s is imported, every item can be ordered, and a second import changes nothing", (name) => {
    const { document, faults } = imported(name);
    expect(MenuDocument.parse(document)).toEqual(document);
    expect(check(document)).toBeNull();
    expect(canonical(imported(name, document).document)).toBe(canonical(document));

    const menu = compile(document);
    const ordered = new Set<string>();
    for (const basket of everyItemBaskets(menu, seededRandom(3))) {
      for (const fulfilment of ["pickup", "delivery"] as const) {
        const bill = price(menu, Basket.parse(basket), { fulfilment, deliveryFee: 3900, soldOut: new Set() });
        if ("refused" in bill) throw new Error(JSON.stringify(bill));
        expect(bill.total).toBe(bill.subtotal + (fulfilment === "delivery" ? 3900 : 0));
      }
      for (const line of basket) ordered.add(line.item);
    }
    expect(ordered.size).toBe(document.items.length);
    const count = (severity: string) => faults.filter((fault) => fault.severity === severity).length;
    const report = `${count("refused")} refused, ${count("mended")} mended, ${count("noted")} noted`;
    console.info(`${name}: ${document.items.length} items, ${document.groups.length} groups; ${report}`);
  });

  it.each(vendors)("%s has both its languages after both its files, in whatever order", (vendor) => {
    const english = imported(`bangkok/${vendor}.en.json`).document;
    const both = imported(`bangkok/${vendor}.th.json`, english).document;
    expect(both.languages).toEqual(["en", "th"]);
    expect(both.items).toHaveLength(english.items.length);
    const bilingual = both.items.filter(({ name }) => name.en !== undefined && name.th !== undefined);
    expect(bilingual.length).toBeGreaterThan(both.items.length * 0.95);
    for (const language of ["en", "th"]) {
      expect(imported(`bangkok/${vendor}.${language}.json`, both).document).toEqual(both);
    }
  });
});
