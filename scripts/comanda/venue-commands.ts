import { readFileSync } from "node:fs";
import { defineCommand } from "citty";
import { z } from "zod";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import { VenueSettings } from "../../contracts/venue.ts";
import { print, remoteCommand } from "./command.ts";
import { connectAs, valueOf } from "./connection.ts";
import { Failed } from "./failed.ts";

const setVenue = remoteCommand(
  "set",
  "Opens a venue, or changes its settings to what a JSON file says",
  {
    venue: { type: "positional", description: "its id", required: true },
    file: { type: "string", description: "its settings as JSON", valueHint: "FILE", required: true },
  },
  async (args) => {
    const settings = VenueSettings.safeParse(jsonIn(args.file));
    if (!settings.success) throw new Failed(`${args.file}:\n${z.prettifyError(settings.error)}`);
    const { api, as } = connectAs(args, "admin");
    const params = { venue: args.venue };
    print(valueOf(await api.call(venueRoutes.write, { as, params, body: settings.data })));
  },
);

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Failed(`${file} cannot be read as JSON: ${error instanceof Error ? error.message : error}`);
  }
}

export const venueCommands = defineCommand({
  meta: { name: "venue", description: "Venues" },
  subCommands: { set: setVenue },
});
