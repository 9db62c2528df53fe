import { statSync } from "node:fs";
import { defineCommand } from "citty";
import type { ImportReport } from "../../contracts/venue-routes.ts";
import { importMenuFile } from "../client/menu-import.ts";
import { remoteCommand } from "./command.ts";
import { connectAs, valueOf } from "./connection.ts";
import { Failed } from "./failed.ts";
import { differencesText } from "./menu-differences-text.ts";

const importArgs = {
  file: {
    type: "positional",
    description: "Comanda JSON, CSV, a Square catalog, or a delivery platform's vendor JSON",
    required: true,
  },
  others: { type: "positional", description: "the same menu in other languages", required: false },
  venue: { type: "string", description: "whose menu it becomes", valueHint: "ID", required: true },
  "dry-run": { type: "boolean", description: "report only; publish nothing" },
  currency: { type: "string", description: "where the file does not say: an ISO 4217 code", valueHint: "EUR" },
  language: {
    type: "string",
    description: "of the first file, where neither it nor its name (menu.th.json) says",
    valueHint: "en",
  },
  json: { type: "boolean", description: "print the reports as JSON" },
} as const;

const importMenu = remoteCommand("import", "Imports a menu file and publishes it", importArgs, async (args) => {
  const { venue, currency, language, json, _: files } = args;
  for (const file of files) if (!isFile(file)) throw new Failed(`There is no file ${file}.`);
  const { api, as } = connectAs(args, "admin");
  for (const file of files) {
    const own = file === args.file ? language : undefined;
    const report = valueOf(
      await importMenuFile(api, as, { venue, file, dryRun: args["dry-run"] === true, currency, language: own }),
    );
    console.log(json === true ? JSON.stringify(report, null, 2) : reportText(file, report));
  }
});

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** What an import found and did, for people: every fault by its path. */
export function reportText(
  file: string,
  { format, counts, faults, changed, version, dryRun, venue, differences }: ImportReport,
): string {
  const { categories, items, groups, options } = counts;
  const outcome = dryRun
    ? changed
      ? "Nothing was published (dry run); it would change the menu."
      : "Nothing was published (dry run), and nothing would change."
    : changed
      ? `Published as version ${version} of ${venue}.`
      : `${venue} has this menu already (version ${version}); nothing was changed.`;
  return [
    `${file}: ${format}, ${categories} categories, ${items} items, ${groups} option groups, ${options} options`,
    ...faults.map(
      ({ path, severity, detail, action }) => `  ${path === "" ? "/" : path}: ${severity}: ${detail} → ${action}`,
    ),
    faults.length === 0 ? "  No faults." : `  ${countText(faults)}`,
    ...(dryRun ? differencesText(differences) : []),
    outcome,
  ].join("\n");
}

function countText(faults: ImportReport["faults"]): string {
  const bySeverity = Map.groupBy(faults, ({ severity }) => severity);
  return [...bySeverity].map(([severity, some]) => `${some.length} ${severity}`).join(", ");
}

export const menuCommands = defineCommand({
  meta: { name: "menu", description: "Menus" },
  subCommands: { import: importMenu },
});
