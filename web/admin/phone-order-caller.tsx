import { useEffect, useState } from "preact/hooks";
import { floorRoutes } from "../../contracts/floor-routes.ts";
import { orderRoutes } from "../../contracts/order-routes.ts";
import type { OrderView } from "../../contracts/order.ts";
import { said } from "../shared/format.ts";
import { TextField } from "./fields.tsx";
import { momentIn } from "./moment-in.ts";
import { phoneOf, type PhoneOrder } from "./phone-order-state.ts";
import { phoneWords } from "./phone-order-words.ts";
import { session } from "./sign-in.ts";

const mostEarlier = 3;
const typingMs = 400;

interface CallerProps {
  readonly order: PhoneOrder;
  readonly faults: readonly (keyof PhoneOrder)[];
  readonly venue: string;
  readonly timeZone: string;
  onChange(change: Partial<PhoneOrder>): void;
  /** What was ordered before is to be had again. */
  onAgain(before: OrderView): void;
  onCaller(before: OrderView): void;
}

/** Who is on the phone, and what they had before. */
export function PhoneOrderCaller({ order, faults, venue, timeZone, onChange, onAgain, onCaller }: CallerProps) {
  const t = phoneWords.value;
  const earlier = useEarlier(order.phone);
  return (
    <div class="fields">
      <div class="fields-pair">
        <TextField
          label={t.phone}
          type="tel"
          hint={t.phoneHint}
          fault={faults.includes("phone") ? t.missing : null}
          value={order.phone}
          maxLength={40}
          onInput={(phone) => onChange({ phone })}
        />
        <TextField
          label={t.name}
          fault={faults.includes("name") ? t.missing : null}
          value={order.name}
          maxLength={80}
          onInput={(name) => onChange({ name })}
        />
        <TextField
          label={t.mail}
          hint={t.mailHint}
          value={order.email}
          maxLength={254}
          onInput={(email) => onChange({ email })}
        />
      </div>
      {earlier.length === 0 ? null : (
        <section aria-label={t.earlier}>
          <p class="field-label">{t.earlier}</p>
          <ul class="rows">
            {earlier.map((before) => (
              <li key={before.id} class="earlier">
                <span>
                  <strong dir="auto">{before.customer?.name}</strong>{" "}
                  <span class="small quiet">
                    {[
                      before.placedAt === null ? "" : momentIn(before.placedAt, timeZone),
                      before.address?.line1 ?? "",
                      before.bill?.lines.map((line) => `${line.quantity} × ${said(line.name)}`).join(", ") ?? "",
                    ]
                      .filter((part) => part !== "")
                      .join(" · ")}
                  </span>
                </span>
                <span class="frame-actions">
                  <button type="button" class="button button-quiet button-small" onClick={() => onCaller(before)}>
                    {t.takeAddress}
                  </button>
                  {before.venue === venue ? (
                    <button type="button" class="button button-quiet button-small" onClick={() => onAgain(before)}>
                      {t.again}
                    </button>
                  ) : null}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

/** The newest orders of the same phone, once it is a whole number. */
function useEarlier(typed: string): readonly OrderView[] {
  const [earlier, setEarlier] = useState<readonly OrderView[]>([]);
  const phone = phoneOf(typed);
  const whole = phone !== null && /^\+[1-9]\d{6,14}$/.test(phone) ? phone : null;
  useEffect(() => {
    setEarlier([]);
    if (whole === null) return;
    let isWanted = true;
    const timer = setTimeout(async () => {
      const found = await session.ask(floorRoutes.search, { body: { text: whole, limit: mostEarlier } });
      if (!found.ok) return;
      const asked = found.value.orders.map(({ id }) => session.ask(orderRoutes.read, { params: { order: id } }));
      const replies = await Promise.all(asked);
      if (isWanted) setEarlier(replies.flatMap((reply) => (reply.ok ? [reply.value] : [])));
    }, typingMs);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [whole]);
  return earlier;
}
