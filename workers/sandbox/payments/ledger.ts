import { refuse, type Problem, type Refusal } from "../../../contracts/problem.ts";
import { takenOf, type Authorisation, type DeclineReason, type Method, type Payment } from "./payment.ts";

export type Command =
  | { readonly type: "authorise"; readonly body: Authorisation }
  | { readonly type: "capture"; readonly payment: string; readonly body: { readonly amount?: number | undefined } }
  | { readonly type: "void"; readonly payment: string }
  | {
      readonly type: "refund";
      readonly payment: string;
      readonly body: { readonly amount?: number | undefined; readonly reason?: string | undefined };
    };

/** What happened to a payment. Amounts are positive minor units; `kind` says which way they went. */
export type Movement =
  | { readonly kind: "authorised"; readonly amount: number }
  | { readonly kind: "declined"; readonly amount: number; readonly reason: DeclineReason }
  | { readonly kind: "captured"; readonly amount: number }
  | { readonly kind: "voided"; readonly amount: number }
  | { readonly kind: "refunded"; readonly amount: number; readonly reason?: string };

/** The card's issuer said no to a capture it had authorised: 402, and the payment stays authorised. */
export const captureRefused: Problem = {
  type: "https://comanda.dev/problems/capture-refused",
  title: "The card's issuer refused the capture",
  status: 402,
};

/** How the provider answers the first request of a method's authorisation. */
type Manner = "promptly" | "slowly" | "never";

interface Behaviour {
  readonly declines: DeclineReason | null;
  readonly manner: Manner;
  readonly captures: boolean;
}

const good: Behaviour = { declines: null, manner: "promptly", captures: true };
const behaviourOf: Readonly<Record<Method, Behaviour>> = {
  card_ok: good,
  card_declined: { ...good, declines: "card_declined" },
  card_insufficient: { ...good, declines: "insufficient_funds" },
  card_slow: { ...good, manner: "slowly" },
  card_timeout_after_charge: { ...good, manner: "never" },
  card_capture_fails: { ...good, captures: false },
};

export function mannerOf(command: Command): Manner {
  return command.type === "authorise" ? behaviourOf[command.body.method].manner : "promptly";
}

/** What an authorisation leads to: always a movement, since a declined one is booked as well. */
export function authorise({ amount, method }: Authorisation): Movement {
  const reason = behaviourOf[method].declines;
  return reason === null ? { kind: "authorised", amount } : { kind: "declined", amount, reason };
}

/** What a command leads to on a payment that exists. */
export function decide(
  payment: Payment,
  command: Exclude<Command, { type: "authorise" }>,
): Movement | Refusal | Problem {
  switch (command.type) {
    case "capture":
      return capture(payment, command.body.amount ?? payment.amount);
    case "void":
      if (payment.status !== "authorised") return refuse("conflict", `The payment is ${payment.status}.`);
      return { kind: "voided", amount: payment.amount };
    case "refund":
      return refund(payment, command.body.amount, command.body.reason);
  }
}

function capture(payment: Payment, amount: number): Movement | Refusal | Problem {
  if (payment.status !== "authorised") return refuse("conflict", `The payment is ${payment.status}.`);
  if (amount > payment.amount) return refuse("conflict", `Only ${payment.amount} is authorised.`);
  return behaviourOf[payment.method].captures ? { kind: "captured", amount } : captureRefused;
}

function refund(payment: Payment, wanted: number | undefined, reason: string | undefined): Movement | Refusal {
  if (payment.status !== "captured" && payment.status !== "partially_refunded") {
    return refuse("conflict", `The payment is ${payment.status}.`);
  }
  const { captured, refunded } = takenOf(payment);
  const left = captured - refunded;
  const amount = wanted ?? left;
  if (amount > left) return refuse("conflict", `Only ${left} is left to refund.`);
  return { kind: "refunded", amount, ...(reason === undefined ? {} : { reason }) };
}

/** A payment as its first movement leaves it. */
export function begin(id: string, terms: Authorisation, movement: Movement, createdAt: number): Payment {
  return movement.kind === "declined"
    ? { ...terms, id, createdAt, status: "declined", declineReason: movement.reason }
    : { ...terms, id, createdAt, status: "authorised" };
}

/** A payment after a movement that `decide` allowed. */
export function evolve(payment: Payment, movement: Movement): Payment {
  switch (movement.kind) {
    case "authorised":
    case "declined":
      return payment;
    case "captured":
      return { ...payment, status: "captured", captured: movement.amount };
    case "voided":
      return { ...payment, status: "voided" };
    case "refunded": {
      const before = takenOf(payment);
      const refunded = before.refunded + movement.amount;
      const status = refunded === before.captured ? "refunded" : "partially_refunded";
      return { ...payment, status, captured: before.captured, refunded };
    }
  }
}
