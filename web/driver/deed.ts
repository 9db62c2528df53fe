import type { Problem } from "../../contracts/problem.ts";
import type { Outcome, PendingAction } from "../shared/pending.ts";
import type { Phone } from "./phone.ts";
import { words } from "./words.ts";

export interface Deed {
  /** Something is under way, and an answer soon to come. */
  readonly busy: boolean;
  /** Something waits, and nobody hears of it for now: the driver goes on. */
  readonly unsent: boolean;
  /** Why the last one was not taken; null before, and once something else is done. */
  readonly problem: Problem | null;
  do(name: DeedName, body?: PendingAction["body"]): void;
}

export type DeedName = "shift" | "accept" | "decline" | "arrive" | "pickup" | "deliver" | "fail" | "returned";

/** What the driver does with one delivery, or, without one, with the shift. */
export function deedOn(phone: Phone, label: string, order: string | null): Deed {
  const { pending } = phone;
  const isOwn = ({ params }: PendingAction): boolean => (params["id"] ?? null) === order;
  const unsent = pending.unsent(phone.live.value);
  // What had to wait is told with the rest of it.
  const refused = pending.outcomes.value.filter(
    ({ action, problem }) => problem !== null && !action.waited && isOwn(action),
  );
  return {
    busy: pending.waiting.value.some((action) => isOwn(action) && !unsent.includes(action)),
    unsent: unsent.some(isOwn),
    problem: refused.at(-1)?.problem ?? null,
    do(name, body = {}) {
      pending.dismiss(refused.map(({ action }) => action.key));
      pending.do({ name, label, about: aboutOf(name, body), params: order === null ? {} : { id: order }, body });
    },
  };
}

/** Why it could not be delivered, by what it was; of a shift, whether it begins or ends. */
function aboutOf(name: DeedName, { on, reason, photo }: PendingAction["body"]): string {
  const t = words.value;
  if (name === "shift") return on === true ? t.begin : t.end;
  if (name === "deliver") return photo === undefined ? "" : t.withPhoto;
  return Object.entries(t.failures).find(([one]) => one === reason)?.[1] ?? "";
}

/** Whether a refusal is told beside its delivery, or by the shift. */
export function isToldBeside(phone: Phone): (outcome: Outcome) => boolean {
  const driver = phone.driver.value;
  const orders = new Set([driver?.offer?.order, ...(driver?.tasks.map(({ order }) => order) ?? [])]);
  // What had to wait is told with the rest of it.
  return ({ action }) => !action.waited && (action.params["id"] === undefined || orders.has(action.params["id"]));
}
