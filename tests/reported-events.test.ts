import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ReportedEvent } from "../contracts/webhook.ts";
import { reportedAs } from "../domain/order/report.ts";

const page = readFileSync(join(import.meta.dirname, "../docs/webhooks.md"), "utf8");

test("the page for who listens names every event that is reported, and every one that is not", () => {
  const namesAfter = (words: string): string[] => {
    const line = page.split("\n").find((one) => one.startsWith(words)) ?? "";
    const [list = ""] = line.slice(words.length).split(". ");
    return [...list.matchAll(/`(?:order)?\.?([a-z-]+)`/g)].map(([, name]) => name ?? "");
  };
  const all = Object.entries(reportedAs);
  const told = all.flatMap(([event, name]) => (name === null ? [] : [event]));
  expect(namesAfter("- Events: ").toSorted()).toEqual(told.toSorted());
  const kept = all.flatMap(([event, name]) => (name === null ? [event] : []));
  expect(namesAfter("- Not reported, because they are Comanda's own business: ").toSorted()).toEqual(kept.toSorted());
  // Each by its own name, and none that an endpoint could ask for in vain.
  expect(all.flatMap(([, name]) => (name === null ? [] : [name])).toSorted()).toEqual(
    ReportedEvent.options.filter((name) => name.startsWith("order.")).toSorted(),
  );
  for (const [event, name] of all) expect(name ?? `order.${event}`).toBe(`order.${event}`);
});
