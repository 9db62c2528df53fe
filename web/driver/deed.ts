import type { Problem } from "../../contracts/problem.ts";
import type { Outcome, PendingAction } from "../shared/pending.ts";
import type { Phone } from "./phone.ts";

export interface Deed {
  readonly busy: boolean;
  /** Why the last one was not taken; null before, and once something else is done. */
  readonly problem: Problem | null;
  do(name: DeedName, body?: PendingAction["body"]): void;
}

export type DeedName = "shift" | "accept" | "decline" | "arrive" | "pickup" | "deliver" | "fail" | "returned";

/** What the driver does with one delivery, or, without one, with the shift. */
export function deedOn(phone: Phone, label: string, order: string | null): Deed {
  const { pending } = phone;
  const isOwn = ({ params }: PendingAction): boolean => (params["id"] ?? null) === order;
  const refused = pending.outcomes.value.filter(({ action, problem }) => problem !== null && isOwn(action));
  return {
    busy: pending.waiting.value.some(isOwn),
    problem: refused.at(-1)?.problem ?? null,
    do(name, body = {}) {
      pending.dismiss(refused.map(({ action }) => action.key));
      pending.do(name, label, order === null ? {} : { id: order }, body);
    },
  };
}

/** Whether a refusal is told beside its delivery, or by the shift. */
export function isToldBeside(phone: Phone): (outcome: Outcome) => boolean {
  const driver = phone.driver.value;
  const orders = new Set([driver?.offer?.order, ...(driver?.tasks.map(({ order }) => order) ?? [])]);
  return ({ action }) => action.params["id"] === undefined || orders.has(action.params["id"]);
}
