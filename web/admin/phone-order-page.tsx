import "./phone-order.css";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Fulfilment } from "../../contracts/basket.ts";
import type { Item } from "../../contracts/menu.ts";
import { orderRoutes } from "../../contracts/order-routes.ts";
import type { OrderView } from "../../contracts/order.ts";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import type { VenueView } from "../../contracts/venue.ts";
import { Orderable } from "../../domain/menu/availability.ts";
import { groupsOf } from "../shared/choice.ts";
import { cardForm } from "../customer/payment.tsx";
import { momentAt, type PublishedMenu } from "../customer/venue-data.ts";
import { intend } from "../shared/intent.ts";
import { freshId } from "../shared/storage.ts";
import { useAsked } from "./asked.ts";
import { useDeed } from "./deed.ts";
import { TextField } from "./fields.tsx";
import { Frame, Panel } from "./frame.tsx";
import { orderWords } from "./order-words.ts";
import type { PageProps } from "./pages.ts";
import { PhoneOrderBill } from "./phone-order-bill.tsx";
import { PhoneOrderCaller } from "./phone-order-caller.tsx";
import { PhoneOrderDish } from "./phone-order-dish.tsx";
import { PhoneOrderLines } from "./phone-order-lines.tsx";
import { PhoneOrderMenu } from "./phone-order-menu.tsx";
import { bodyOf, callerOf, lacking, noOrder, type PhoneOrder, withLine } from "./phone-order-state.ts";
import { PhoneOrderWhen } from "./phone-order-when.tsx";
import { phoneWords } from "./phone-order-words.ts";
import { session } from "./sign-in.ts";
import { Empty, Failed, Loading } from "./states.tsx";

/** An order taken down while the customer is on the phone. */
export function PhoneOrderPage({ venue }: PageProps) {
  const t = phoneWords.value;
  const params = { venue: venue?.id ?? "" };
  const menu = useAsked(venueRoutes.menu, { params });
  if (venue === null) return null;
  return (
    <Frame title={t.title} lead={`${venue.settings.name} · ${t.lead}`}>
      {menu.problem === null ? null : menu.problem.status === 404 ? (
        <Empty title={t.noMenu} />
      ) : (
        <Failed problem={menu.problem} retry={menu.again} />
      )}
      {menu.value === null && menu.problem === null ? <Loading /> : null}
      {menu.value === null ? null : <Taking venue={venue} menu={menu.value} />}
    </Frame>
  );
}

interface TakingProps {
  readonly venue: VenueView;
  readonly menu: PublishedMenu;
}

type Open = { readonly item: Item; readonly at: number | null };

function Taking({ venue, menu }: TakingProps) {
  const [order, setOrder] = useState<PhoneOrder>(() => ({
    ...noOrder,
    fulfilment: venue.settings.fulfilments[0] ?? "pickup",
  }));
  const [open, setOpen] = useState<Open | null>(null);
  const [tried, setTried] = useState(false);
  const [placed, setPlaced] = useState<OrderView | null>(null);
  // One key for this order, however often it is sent; the next order has another.
  const key = useRef(freshId());
  const form = useRef<HTMLFormElement>(null);
  const deed = useDeed();
  const t = phoneWords.value;
  const o = orderWords.value;
  const orderable = useMemo(() => new Orderable(menu, momentAt(venue, Date.now())), [menu, venue]);
  const change = (some: Partial<PhoneOrder>) => {
    setOrder((before) => ({ ...before, ...some }));
    // What is asked for is another thing now, and so is its key.
    key.current = freshId();
  };
  const faults = tried ? lacking(order) : [];
  const pick = (item: Item) => {
    const isPlain = item.variations.length === 0 && groupsOf(item, undefined).length === 0;
    if (isPlain) change({ lines: withLine(order.lines, { item: item.id, quantity: 1, options: [] }) });
    else setOpen({ item, at: null });
  };
  const submit = async () => {
    setTried(true);
    if (lacking(order).length > 0) {
      form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
      return;
    }
    const done = await deed.run(async () => {
      const card = order.method === "card" ? await cardForm.token() : null;
      const token = card !== null && card.ok ? card.token : null;
      return intend(session, orderRoutes.create, { body: bodyOf(order, venue.id, token), key: key.current });
    });
    if (done !== null) setPlaced(done);
  };
  useEffect(() => form.current?.querySelector<HTMLElement>("input")?.focus(), []);
  if (placed !== null) {
    const again = () => {
      setPlaced(null);
      setTried(false);
      change({ ...noOrder, fulfilment: order.fulfilment });
    };
    return <Done order={placed} onNext={again} />;
  }
  const isDelivery = order.fulfilment === "delivery";
  return (
    <form
      ref={form}
      class="phone-order"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Enter") return;
        if (event.ctrlKey || event.metaKey) void submit();
        // Enter in a field goes nowhere: an order is not placed by a slip.
        if (event.target instanceof HTMLInputElement) event.preventDefault();
      }}
    >
      <div class="phone-order-main">
        <Panel title={t.caller}>
          <PhoneOrderCaller
            order={order}
            faults={faults}
            venue={venue.id}
            timeZone={venue.settings.timeZone}
            onChange={change}
            onCaller={(before) => change(callerOf(before))}
            onAgain={(before) => change({ ...callerOf(before), fulfilment: before.fulfilment, lines: before.lines })}
          />
        </Panel>
        <Panel title={t.what}>
          <PhoneOrderMenu menu={menu} orderable={orderable} onPick={pick} />
          <PhoneOrderLines
            menu={menu}
            lines={order.lines}
            onChange={(lines) => change({ lines })}
            onOpen={(at) => {
              const item = menu.items[order.lines[at]?.item ?? ""];
              if (item !== undefined) setOpen({ item, at });
            }}
          />
        </Panel>
        <Panel title={t.how}>
          <fieldset class="field">
            <legend class="for-ears">{t.how}</legend>
            <div class="segments">
              {Fulfilment.options
                .filter((how) => venue.settings.fulfilments.includes(how))
                .map((how) => (
                  <label key={how}>
                    <input
                      type="radio"
                      name="fulfilment"
                      checked={order.fulfilment === how}
                      onChange={() => change({ fulfilment: how, requestedFor: null })}
                    />
                    {o.fulfilment[how]}
                  </label>
                ))}
            </div>
          </fieldset>
          {isDelivery ? (
            <div class="fields-pair">
              <TextField
                label={t.line1}
                value={order.line1}
                fault={faults.includes("line1") ? t.missing : null}
                maxLength={120}
                onInput={(line1) => change({ line1 })}
              />
              <TextField label={t.line2} value={order.line2} maxLength={120} onInput={(line2) => change({ line2 })} />
              <TextField
                label={t.postcode}
                value={order.postcode}
                maxLength={20}
                onInput={(postcode) => change({ postcode })}
              />
              <TextField label={t.city} value={order.city} maxLength={80} onInput={(city) => change({ city })} />
              <TextField
                label={t.addressNote}
                value={order.addressNote}
                maxLength={200}
                onInput={(addressNote) => change({ addressNote })}
              />
            </div>
          ) : null}
          {order.fulfilment === "dine-in" ? (
            <TextField label={t.table} value={order.table} maxLength={20} onInput={(table) => change({ table })} />
          ) : null}
          <PhoneOrderWhen
            venue={venue}
            fulfilment={order.fulfilment}
            chosen={order.requestedFor}
            onChange={(requestedFor) => change({ requestedFor })}
          />
          <TextField label={t.orderNote} value={order.note} maxLength={500} onInput={(note) => change({ note })} />
          <fieldset class="field">
            <legend class="field-label">{t.pay}</legend>
            <div class="segments">
              {(["cash", "card"] as const).map((method) => (
                <label key={method}>
                  <input
                    type="radio"
                    name="method"
                    checked={order.method === method}
                    onChange={() => change({ method })}
                  />
                  {t[method]}
                </label>
              ))}
            </div>
            {order.method === "card" ? <cardForm.Fields /> : null}
          </fieldset>
        </Panel>
      </div>
      <PhoneOrderBill order={order} venue={venue.id} busy={deed.busy} problem={deed.problem} />
      {open === null ? null : (
        <PhoneOrderDish
          menu={menu}
          item={open.item}
          orderable={orderable}
          before={open.at === null ? null : (order.lines[open.at] ?? null)}
          onClose={() => setOpen(null)}
          onChoose={(line) => {
            const { at } = open;
            const lines =
              at === null ? withLine(order.lines, line) : order.lines.map((one, place) => (place === at ? line : one));
            change({ lines });
            setOpen(null);
          }}
        />
      )}
    </form>
  );
}

function Done({ order, onNext }: { readonly order: OrderView; onNext(): void }) {
  const t = phoneWords.value;
  return (
    <div class="notice notice-go" role="status">
      <strong>{t.placed(order.code)}</strong>
      <p>{t.placedMore}</p>
      <p class="frame-actions">
        <a class="button" href={`/admin/orders/${order.id}`}>
          {t.show}
        </a>
        <button type="button" class="button button-quiet" onClick={onNext}>
          {t.next}
        </button>
      </p>
    </div>
  );
}
