import { z } from "zod";
import { refuse, type Refusal } from "../../../contracts/problem.ts";
import { oauthError, type OAuthError } from "./oauth-answer.ts";

export type Parameters = ReadonlyMap<string, string>;

/** A form (RFC 6749) or a flat JSON object. Empty ones count as left out, a repeated one is refused, unknown ones pass. */
export async function oauthParameters(request: Request): Promise<Parameters | OAuthError | Refusal> {
  const mediaType = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (mediaType === "application/x-www-form-urlencoded") return formParameters(await request.text());
  if (mediaType === "application/json") return jsonParameters(await request.text());
  return refuse("unsupported-media-type", "Send application/x-www-form-urlencoded or application/json.");
}

/** The value of a parameter the grant cannot do without. */
export function required(parameters: Parameters, name: string): string | OAuthError {
  return parameters.get(name) ?? oauthError("invalid_request", `The parameter ${name} is missing.`);
}

function formParameters(body: string): Parameters | OAuthError {
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(body)) {
    if (parameters.has(name)) return oauthError("invalid_request", "A parameter is given twice.");
    if (value !== "") parameters.set(name, value);
  }
  return parameters;
}

function jsonParameters(body: string): Parameters | OAuthError {
  const parsed = JsonObject.safeParse(body);
  if (!parsed.success) return oauthError("invalid_request", "The body is not a JSON object.");
  const texts = Object.entries(parsed.data).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return new Map(texts.filter(([, value]) => value !== ""));
}

const JsonObject = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue("not JSON");
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), z.unknown()));
