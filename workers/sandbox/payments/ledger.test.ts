import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { authorise, begin, captureRefused, type Command, decide, evolve, mannerOf, type Movement } from "./ledger.ts";
import { type Authorisation, type Method, Payment, statementOf, takenOf } from "./payment.ts";

type Step = Exclude<Command, { type: "authorise" }>;

const id = `pay_${"0".repeat(32)}`;
const capture = (amount?: number): Step => ({ type: "capture", payment: id, body: { amount } });
const refund = (amount?: number): Step => ({ type: "refund", payment: id, body: { amount } });
const cancel: Step = { type: "void", payment: id };

function authorised(method: Method, amount = 1_000): Payment {
  const terms: Authorisation = { amount, currency: "EUR", method, reference: "ord_1" };
  return begin(id, terms, authorise(terms), 0);
}

function after(payment: Payment, ...steps: Step[]): Payment {
  return steps.reduce((before, step) => {
    const verdict = decide(before, step);
    if (!("kind" in verdict)) throw new Error(JSON.stringify(verdict));
    return evolve(before, verdict);
  }, payment);
}

describe("an authorised payment", () => {
  const payment = authorised("card_ok");

  test("is captured whole when no amount is named", () => {
    expect(after(payment, capture())).toMatchObject({ status: "captured", captured: 1_000 });
  });

  test("is captured in part, which lets go of the rest", () => {
    expect(after(payment, capture(400))).toMatchObject({ status: "captured", amount: 1_000, captured: 400 });
  });

  test("is not captured beyond what was authorised", () => {
    expect(decide(payment, capture(1_001))).toMatchObject({ refused: "conflict" });
  });

  test("is voided, and then neither captured nor voided again", () => {
    const voided = after(payment, cancel);
    expect(voided.status).toBe("voided");
    expect(decide(voided, capture())).toMatchObject({ refused: "conflict" });
    expect(decide(voided, cancel)).toMatchObject({ refused: "conflict" });
  });

  test("has nothing to refund", () => {
    expect(decide(payment, refund())).toMatchObject({ refused: "conflict" });
  });
});

describe("a captured payment", () => {
  const payment = after(authorised("card_ok"), capture());

  test("is neither captured again nor voided", () => {
    expect(decide(payment, capture())).toMatchObject({ refused: "conflict" });
    expect(decide(payment, cancel)).toMatchObject({ refused: "conflict" });
  });

  test("is refunded piece by piece, and no further than it was captured", () => {
    const half = after(payment, refund(300), refund(300));
    expect(half).toMatchObject({ status: "partially_refunded", captured: 1_000, refunded: 600 });
    expect(decide(half, refund(401))).toMatchObject({ refused: "conflict" });
    const whole = after(half, refund());
    expect(whole).toMatchObject({ status: "refunded", refunded: 1_000 });
    expect(decide(whole, refund())).toMatchObject({ refused: "conflict" });
  });
});

describe("a test card", () => {
  test.for([
    ["card_declined", "card_declined"],
    ["card_insufficient", "insufficient_funds"],
  ] as const)("%s is declined with %s, and can be neither captured nor voided", ([method, declineReason]) => {
    const payment = authorised(method);
    expect(payment).toMatchObject({ status: "declined", declineReason });
    expect(decide(payment, capture())).toMatchObject({ refused: "conflict" });
    expect(decide(payment, cancel)).toMatchObject({ refused: "conflict" });
  });

  test("card_capture_fails is authorised, refused at the capture, and can still be voided", () => {
    const payment = authorised("card_capture_fails");
    expect(decide(payment, capture())).toEqual(captureRefused);
    expect(after(payment, cancel).status).toBe("voided");
  });

  test("only the authorisation of card_slow and card_timeout_after_charge keeps one waiting", () => {
    const body = { amount: 1, currency: "EUR", reference: "ord_1" };
    expect(mannerOf({ type: "authorise", body: { ...body, method: "card_slow" } })).toBe("slowly");
    expect(mannerOf({ type: "authorise", body: { ...body, method: "card_timeout_after_charge" } })).toBe("never");
    expect(mannerOf({ type: "authorise", body: { ...body, method: "card_ok" } })).toBe("promptly");
    expect(mannerOf(capture())).toBe("promptly");
  });
});

const Amount = fc.option(fc.integer({ min: 1, max: 1_200 }), { nil: undefined });
const Steps = fc.array(fc.oneof(Amount.map(capture), Amount.map(refund), Amount.map(refund), fc.constant(cancel)), {
  maxLength: 12,
});

test("whatever is asked of it, a payment is what its movements add up to, and no money is made", () => {
  fc.assert(
    fc.property(fc.constantFrom<Method>("card_ok", "card_declined", "card_capture_fails"), Steps, (method, steps) => {
      let payment = authorised(method);
      const movements: Movement[] = [];
      for (const step of steps) {
        const verdict = decide(payment, step);
        if (!("kind" in verdict)) continue;
        movements.push(verdict);
        payment = Payment.parse(evolve(payment, verdict));
      }
      const sum = (kind: Movement["kind"]): number =>
        movements.filter((movement) => movement.kind === kind).reduce((total, { amount }) => total + amount, 0);
      expect(takenOf(payment)).toEqual({ captured: sum("captured"), refunded: sum("refunded") });
      expect(sum("captured") + sum("voided")).toBeLessThanOrEqual(1_000);
      expect(sum("refunded")).toBeLessThanOrEqual(sum("captured"));
    }),
  );
});

test("a statement always says what was captured and refunded", () => {
  expect(statementOf(authorised("card_ok"))).toMatchObject({
    status: "authorised",
    captured: 0,
    refunded: 0,
    createdAt: "1970-01-01T00:00:00.000Z",
  });
});
