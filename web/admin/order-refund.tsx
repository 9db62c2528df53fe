import { useState } from "preact/hooks";
import type { z } from "zod";
import type { Bill } from "../../contracts/basket.ts";
import { allocate, exponentOf } from "../../contracts/money.ts";
import { orderRoutes } from "../../contracts/order-routes.ts";
import { type OrderView, RefundReason, RefundRequest } from "../../contracts/order.ts";
import { paidForLines } from "../../domain/order/refund.ts";
import { money, said } from "../shared/format.ts";
import { attempt, unanswered } from "../shared/attempt.ts";
import { Sheet } from "../shared/sheet.tsx";
import { useDeed } from "./deed.ts";
import { NumberField, SelectField, TextField } from "./fields.tsx";
import { pageWords } from "./order-page-words.ts";
import { orderWords } from "./order-words.ts";
import { session } from "./sign-in.ts";
import { Failed } from "./states.tsx";

const hows = ["lines", "amount", "all"] as const;
type How = (typeof hows)[number];

/** Pays back portions, an amount, or all that is left. The amount shown is what the server will reckon. */
export function OrderRefund({ order, onClose }: { readonly order: OrderView; onClose(): void }) {
  const { bill, payment } = order;
  const [how, setHow] = useState<How>("lines");
  const [portions, setPortions] = useState<Readonly<Record<number, number>>>({});
  const [amount, setAmount] = useState<number | null>(null);
  const [reason, setReason] = useState<RefundReason>("missing-item");
  const [detail, setDetail] = useState("");
  const name = `comanda.admin.refund.${order.id}`;
  // What was sent and not answered may be paid back already: only the same can be sent until it is known.
  const [open, setOpen] = useState(() => unanswered(name, RefundRequest));
  const deed = useDeed();
  const t = pageWords.value;
  if (bill === null || payment === null) return null;
  const { currency } = bill;
  const back = (payment.refunds ?? []).filter(({ state }) => state !== "refused");
  const left = payment.amount - back.reduce((sum, one) => sum + one.amount, 0);
  const gone = (line: number) =>
    back.flatMap(({ lines }) => lines).reduce((sum, one) => sum + (one.line === line ? one.quantity : 0), 0);
  const lines = Object.entries(portions).flatMap(([line, quantity]) =>
    quantity > 0 ? [{ line: Number(line), quantity }] : [],
  );
  const wanted = {
    lines: lines.reduce((sum, { line, quantity }) => sum + worthOf(bill, line, gone(line), quantity), 0),
    amount: Math.round((amount ?? 0) * 10 ** exponentOf(currency)),
    all: left,
  }[how];
  const isPossible = wanted > 0 && wanted <= left;
  const send = async (body: z.infer<typeof RefundRequest>) => {
    const asked = { params: { order: order.id }, body };
    const done = await deed.run(async () => {
      const reply = await attempt(session, orderRoutes.refund, asked, name);
      if (!reply.ok) setOpen(unanswered(name, RefundRequest));
      return reply;
    });
    if (done !== null) onClose();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!isPossible) return;
    const what = { lines: { lines }, amount: { amount: wanted }, all: {} }[how];
    void send({ ...what, reason, ...(detail.trim() === "" ? {} : { detail: detail.trim() }) });
  };
  if (open !== null) {
    return (
      <Sheet titleId="refund-title" onClose={onClose}>
        <div class="fields">
          <h2 id="refund-title">{t.refundTitle(order.code)}</h2>
          <div class="notice notice-wait" role="alert">
            <strong>{t.refundUnknown}</strong>
            <p>{t.refundUnknownMore}</p>
          </div>
          {deed.problem === null ? null : <Failed problem={deed.problem} />}
          <button
            type="button"
            class={`button button-large ${deed.busy ? "button-busy" : ""}`}
            onClick={() => void send(open)}
          >
            {t.refundAgain}
          </button>
        </div>
      </Sheet>
    );
  }
  return (
    <Sheet titleId="refund-title" onClose={onClose}>
      <form class="fields" onSubmit={submit}>
        <h2 id="refund-title">{t.refundTitle(order.code)}</h2>
        <p>{t.refundWhat(money(left, currency))}</p>
        {payment.method === "cash" ? <p class="notice notice-wait">{t.refundCash}</p> : null}
        <fieldset class="field">
          <legend class="field-label">{t.refundHow}</legend>
          <div class="segments">
            {hows.map((one) => (
              <label key={one}>
                <input type="radio" name="refund-how" checked={how === one} onChange={() => setHow(one)} />
                {t.refundHows[one]}
              </label>
            ))}
          </div>
        </fieldset>
        {how === "lines" ? (
          <div class="refund-lines">
            {bill.lines.map((line, at) => {
              const most = line.quantity - gone(at);
              return (
                <label key={at} class="refund-line">
                  <span dir="auto">
                    {said(line.name)} <span class="small quiet">{t.refundLeft(most, line.quantity)}</span>
                  </span>
                  <input
                    class="input figures"
                    type="number"
                    min={0}
                    max={most}
                    value={portions[at] ?? 0}
                    disabled={most === 0}
                    onInput={({ currentTarget }) => {
                      const count = Number.isNaN(currentTarget.valueAsNumber) ? 0 : currentTarget.valueAsNumber;
                      setPortions({ ...portions, [at]: Math.max(0, Math.min(most, Math.floor(count))) });
                    }}
                  />
                </label>
              );
            })}
          </div>
        ) : null}
        {how === "amount" ? (
          <NumberField
            label={t.refundAmount(currency)}
            value={amount}
            min={0}
            max={left / 10 ** exponentOf(currency)}
            step={10 ** -exponentOf(currency)}
            required
            onInput={setAmount}
          />
        ) : null}
        <SelectField
          label={t.refundReason}
          value={reason}
          options={RefundReason.options.map((one) => [one, orderWords.value.refund[one]] as const)}
          onChange={(chosen) => setReason(RefundReason.catch("other").parse(chosen))}
        />
        <TextField label={t.refundDetail} value={detail} maxLength={280} lines={2} onInput={setDetail} />
        {deed.problem === null ? null : <Failed problem={deed.problem} />}
        <button class={`button button-large ${deed.busy ? "button-busy" : ""}`} disabled={!isPossible}>
          {isPossible
            ? t.refundGo(money(wanted, currency))
            : wanted > left
              ? t.refundTooMuch(money(left, currency))
              : t.refundNothing}
        </button>
      </form>
    </Sheet>
  );
}

/** What the next portions of a line were paid, after so many of them went back before. */
function worthOf(bill: Bill, line: number, before: number, quantity: number): number {
  const ordered = bill.lines[line]?.quantity ?? 0;
  const shares = allocate(paidForLines(bill)[line] ?? 0, Array<number>(ordered).fill(1));
  return shares.slice(before, before + quantity).reduce((sum, share) => sum + share, 0);
}
