import type { ArgsDef } from "citty";
import { type Access, accessIn } from "../client/access.ts";
import { Api, type Credential, type Reply } from "../client/api.ts";
import { basic, Tokens } from "../client/tokens.ts";
import { credentialsFile, type Credentials } from "../credentials.ts";
import { localOperator } from "../secrets.ts";
import { Failed, Refused } from "./failed.ts";

/** Where to and as whom: options every command takes, before the environment, before the credentials file. */
export const connectionArgs = {
  "base-url": { type: "string", description: "of the Comanda to speak to (COMANDA_URL)", valueHint: "URL" },
  "client-id": { type: "string", description: "an API client's (COMANDA_CLIENT_ID)", valueHint: "ID" },
  "client-secret": { type: "string", description: "an API client's (COMANDA_CLIENT_SECRET)", valueHint: "SECRET" },
  credentials: { type: "string", description: "what npm start writes (.dev/credentials.json)", valueHint: "FILE" },
} as const satisfies ArgsDef;

export type ConnectionArgs = Partial<Record<keyof typeof connectionArgs, string | undefined>>;
export type Party = keyof Credentials["clients"];
export const parties = ["admin", "staff", "driver", "provider"] as const satisfies Party[];

/** Speaks as an API client: the one named, or the file's of that role. */
export function connectAs(args: ConnectionArgs, party: Party): { api: Api; as: Tokens } {
  const { baseUrl, file } = placeOf(args);
  const api = apiAt(baseUrl);
  const named = clientOf(args, "CLIENT");
  if (named !== null) return { api, as: Tokens.ofClient(api, named) };
  const client = demand(file, args).clients[party];
  if (client === undefined) throw new Failed(`The credentials name no client of the role ${party}.`);
  return { api, as: Tokens.ofClient(api, client) };
}

/** Speaks as the operator of the installation, who may create tenants. */
export function connectAsOperator(args: ConnectionArgs): { api: Api; as: Credential } {
  const { baseUrl, file } = placeOf(args);
  const operator = clientOf(args, "OPERATOR") ?? file?.operator ?? localOperator();
  return { api: apiAt(baseUrl), as: basic(operator) };
}

/** The tenant of a guest, who has no client to say so. */
export function tenantOf(args: ConnectionArgs): { api: Api; tenant: string } {
  const { baseUrl, file } = placeOf(args);
  return { api: apiAt(baseUrl), tenant: demand(file, args).tenant };
}

/** The value of an answer. Throws what the problem document says, pointer by pointer. */
export function valueOf<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value;
  const { title, detail, errors = [] } = reply.problem;
  const status = reply.status === 0 ? "" : `${reply.status} `;
  const lines = errors.map((error) => `  ${error.pointer === "" ? "/" : error.pointer}: ${error.detail}`);
  const words = [`${status}${title}${detail === undefined ? "" : `: ${detail}`}`, ...lines].join("\n");
  throw reply.status === 0 ? new Failed(words) : new Refused(words);
}

/** Somebody sits and waits: a server that is not there is soon given up. */
function apiAt(baseUrl: string): Api {
  return new Api(baseUrl, undefined, 3_000);
}

function placeOf(args: ConnectionArgs): { baseUrl: string; file: Access | null } {
  const path = args.credentials ?? credentialsFile;
  const file = accessIn(path);
  const baseUrl = args["base-url"] ?? process.env["COMANDA_URL"] ?? file?.baseUrl;
  if (baseUrl === undefined)
    throw new Failed(`There is no ${path}: start Comanda with \`npm start\`, or say --base-url.`);
  if (!/^https?:\/\/./.test(baseUrl) || !URL.canParse(baseUrl))
    throw new Failed(`${baseUrl} is no address of a Comanda: write http://127.0.0.1:8787.`);
  return { baseUrl, file };
}

function clientOf(args: ConnectionArgs, which: "CLIENT" | "OPERATOR"): { id: string; secret: string } | null {
  const id = args["client-id"] ?? process.env[`COMANDA_${which}_ID`];
  const secret = args["client-secret"] ?? process.env[`COMANDA_${which}_SECRET`];
  if (id === undefined && secret === undefined) return null;
  if (id === undefined || secret === undefined)
    throw new Failed("A client has both an id and a secret: --client-id and --client-secret.");
  return { id, secret };
}

function demand(file: Access | null, { credentials = credentialsFile }: ConnectionArgs): Access {
  if (file !== null) return file;
  throw new Failed(
    `There is no ${credentials}: start Comanda with \`npm start\`, or say --client-id and --client-secret.`,
  );
}
