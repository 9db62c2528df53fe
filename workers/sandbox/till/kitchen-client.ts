import { z } from "zod";
import type { TillSettings } from "./till.ts";

const patienceMs = 10_000;
const Token = z.object({ access_token: z.string() });

/** Presses a button of the kitchen as the till's own API client; whether the kitchen has it now, or never will. */
export async function press(
  { api, client }: TillSettings,
  { venue, order }: { venue: string; order: string },
  button: "accept" | "ready",
): Promise<"done" | "too late" | "again"> {
  try {
    const form = { grant_type: "client_credentials", client_id: client.id, client_secret: client.secret };
    const token = await fetch(`${api}/v1/oauth/token`, {
      method: "POST",
      body: new URLSearchParams(form),
      signal: AbortSignal.timeout(patienceMs),
    });
    const { access_token: bearer } = Token.parse(await token.json());
    const answer = await fetch(`${api}/v1/venues/${venue}/kitchen/tickets/${order}/${button}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${bearer}`,
        "content-type": "application/json",
        "idempotency-key": `till-${order}-${button}`,
      },
      body: "{}",
      signal: AbortSignal.timeout(patienceMs),
    });
    await answer.body?.cancel();
    if (answer.ok) return "done";
    // The ticket reaches the board by another way than the webhook reaches the till: 404 may be too early.
    return answer.status === 409 ? "too late" : "again";
  } catch {
    return "again";
  }
}
