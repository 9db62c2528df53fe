import { computed, effect, signal } from "@preact/signals";
import { z } from "zod";
import type { Reply } from "../shared/api.ts";
import { notLetIn, Session } from "../shared/session.ts";
import { requestToken, type TokenAnswer } from "../shared/tokens.ts";

/** An API client's id and secret. */
const Credentials = z.object({ id: z.string(), secret: z.string() });
export type Credentials = z.infer<typeof Credentials>;

// The secret lives as long as this page, never in the browser's storage: a token ends after minutes, a secret does not.
let known: Credentials | null = null;

/** What is asked when the session has ended waits until the same person is back; what was under way goes on then. */
class DeskSession extends Session {
  override async token(stale?: string): Promise<Reply<string>> {
    const mine = present.peek();
    const reply = await super.token(stale);
    if (reply.ok || reply.problem.status !== 401 || mine === null) return reply;
    return (await comesBack(mine)) ? this.token() : reply;
  }
}

/** Who this browser is to the admin's pages. */
export const session: Session = new DeskSession("admin", () => (known === null ? notLetIn() : askAs(known)));

/** Who is signed in. */
export interface Holder {
  readonly tenant: string;
  readonly subject: string;
  readonly role: "admin" | "staff";
  /** null: every venue of the tenant. */
  readonly venues: readonly string[] | null;
}

/** Who is signed in here; null is nobody, or a session from before roles were kept. */
export const holder = computed<Holder | null>(() => {
  const held = session.holder.value;
  if (held === null || (held.role !== "admin" && held.role !== "staff")) return null;
  return { ...held, role: held.role };
});

/** Who works here, also while their session has ended and they have not come back; null after signing out. */
export const present = signal<Holder | null>(null);
effect(() => {
  if (holder.value !== null && !isSame(holder.value, present.peek())) present.value = holder.value;
});

/** Whether the same person signs in again, before anybody else does or they sign out. */
function comesBack(mine: Holder): Promise<boolean> {
  return new Promise((resolve) => {
    const stop = effect(() => {
      const now = holder.value;
      if (now === null && present.value !== null) return;
      resolve(isSame(mine, now));
      queueMicrotask(() => stop());
    });
  });
}

function isSame(one: Holder, other: Holder | null): boolean {
  return one.tenant === other?.tenant && one.subject === other.subject && one.role === other.role;
}

/** Signs in; `otherRole` is a client that may not let devices in. */
export async function signIn(credentials: Credentials): Promise<Reply<TokenAnswer> | "otherRole"> {
  const reply = await askAs(credentials);
  if (!reply.ok) return reply;
  if (reply.value.role !== "admin" && reply.value.role !== "staff") return "otherRole";
  known = credentials;
  session.take(reply.value);
  return reply;
}

export function signOut(): void {
  known = null;
  present.value = null;
  session.forget();
}

/** What a link such as `/admin#id=…&secret=…` brings. What follows the # stays out of every server's log. */
export const offered: Credentials | null = takeFromLink();

function takeFromLink(): Credentials | null {
  const link = new URLSearchParams(location.hash.slice(1));
  const named = Credentials.safeParse({ id: link.get("id"), secret: link.get("secret") });
  if (!named.success) return null;
  history.replaceState(null, "", location.pathname + location.search);
  return named.data;
}

function askAs({ id, secret }: Credentials): Promise<Reply<TokenAnswer>> {
  return requestToken({ grant_type: "client_credentials", client_id: id, client_secret: secret });
}
