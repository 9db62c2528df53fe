import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { ImportReport } from "../../contracts/venue-routes.ts";
import type { Api, Credential, Reply } from "./api.ts";
import { pathOf } from "./route-path.ts";

export interface MenuSource {
  readonly venue: string;
  readonly file: string;
  readonly dryRun?: boolean;
  readonly currency?: string | undefined;
  readonly language?: string | undefined;
}

/** Sends a menu file of whatever format to be imported. Where it is not said, `menu.th.json` is taken to be in `th`. */
export async function importMenuFile(api: Api, as: Credential, source: MenuSource): Promise<Reply<ImportReport>> {
  const { venue, file, dryRun = false, currency } = source;
  const language = source.language ?? /\.([a-z]{2}(?:-[A-Z]{2})?)\.[a-z]+$/i.exec(basename(file))?.[1];
  const query = {
    venue,
    ...(dryRun ? { dryRun: "true" } : {}),
    ...(currency === undefined ? {} : { currency }),
    ...(language === undefined ? {} : { language }),
  };
  return api.send({
    method: "POST",
    path: pathOf("/v1/menus/import", {}, query),
    schema: ImportReport,
    as,
    body: await readFile(file),
    contentType: file.endsWith(".csv") ? "text/csv" : "application/json",
  });
}
