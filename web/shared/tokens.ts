import { z } from "zod";
import { Role } from "../../contracts/principal.ts";
import { ask, type Reply } from "./api.ts";

/** The answer of `POST /v1/oauth/token` (RFC 6749 §5.1) and whom the token speaks for. */
const TokenAnswer = z.object({
  access_token: z.string(),
  expires_in: z.number(),
  refresh_token: z.string().optional(),
  tenant: z.string(),
  role: Role,
  subject: z.string(),
  venues: z.array(z.string()).nullable(),
});
export type TokenAnswer = z.infer<typeof TokenAnswer>;

const route = { method: "POST", path: "/v1/oauth/token", response: TokenAnswer } as const;

/** Asks for a token by one of the grants: `{ grant_type: "anonymous", tenant }` and so on; a refresh under its key. */
export function requestToken(grant: Record<string, string>, key?: string): Promise<Reply<TokenAnswer>> {
  return ask(route, { body: grant, ...(key === undefined ? {} : { key }) });
}
