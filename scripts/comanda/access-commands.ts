import { defineCommand } from "citty";
import { z } from "zod";
import { Tokens } from "../client/tokens.ts";
import { print, remoteCommand } from "./command.ts";
import { connectAs, connectAsOperator, parties, tenantOf, valueOf } from "./connection.ts";
import { Failed } from "./failed.ts";

const createTenant = remoteCommand(
  "create",
  "Creates a tenant and prints its first admin client (as the operator)",
  {
    id: { type: "positional", description: "a slug: lower-case letters, digits, hyphens", required: true },
    name: { type: "string", description: "as people call it", valueHint: "NAME", required: true },
  },
  async (args) => {
    const { api, as } = connectAsOperator(args);
    const body = { id: args.id, name: args.name };
    print(valueOf(await api.send({ method: "POST", path: "/v1/tenants", schema: z.looseObject({}), as, body })));
  },
);

const createClient = remoteCommand(
  "create",
  "Creates an API client and prints its secret, this once",
  {
    role: {
      type: "enum",
      description: "what it may do",
      options: ["staff", "driver", "service", "admin"],
      required: true,
    },
    name: { type: "string", description: "as people call it", valueHint: "NAME" },
    venues: { type: "string", description: "the venues it reaches; all by default", valueHint: "a,b" },
    driver: { type: "string", description: "the driver it acts as (role driver)", valueHint: "ID" },
  },
  async (args) => {
    const { api, as } = connectAs(args, "admin");
    const { role, name = `A client of the role ${role}`, venues, driver } = args;
    const body = { name, role, venues: venues?.split(",") ?? null, ...(driver === undefined ? {} : { driver }) };
    print(valueOf(await api.send({ method: "POST", path: "/v1/clients", schema: z.looseObject({}), as, body })));
  },
);

/** `COMANDA_TOKEN=$(npm run -s comanda -- token)`, and curl can do anything the role can. */
export const tokenCommand = remoteCommand(
  "token",
  "Prints an access token, for curl",
  {
    role: { type: "positional", description: `${parties.join(", ")} or guest`, default: "admin", required: false },
  },
  async (args) => {
    if (args.role === "guest") {
      const { api, tenant } = tenantOf(args);
      return console.log((await Tokens.ofGuest(api, tenant).answer()).access_token);
    }
    const party = parties.find((one) => one === args.role);
    if (party === undefined) throw new Failed(`There is no role ${args.role}: ${parties.join(", ")} or guest.`);
    console.log((await connectAs(args, party).as.answer()).access_token);
  },
);

export const tenantCommands = defineCommand({
  meta: { name: "tenant", description: "Tenants" },
  subCommands: { create: createTenant },
});
export const clientCommands = defineCommand({
  meta: { name: "client", description: "API clients" },
  subCommands: { create: createClient },
});
