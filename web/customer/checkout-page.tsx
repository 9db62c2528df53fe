import "./checkout-page.css";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Fulfilment } from "../../contracts/basket.ts";
import { isRefusal, type Problem } from "../../contracts/problem.ts";
import type { VenueView } from "../../contracts/venue.ts";
import { slugOf } from "../shared/api.ts";
import { ConnectionBanner } from "../shared/connection.tsx";
import { money } from "../shared/format.ts";
import { reachable } from "../shared/reachable.ts";
import { keep, kept } from "../shared/storage.ts";
import { problemWords } from "../shared/words.ts";
import { serverNow } from "../shared/server-clock.ts";
import { basketAt, billOf, changeBasket } from "./basket.ts";
import { CheckoutSlip } from "./checkout-slip.tsx";
import { type Choices, choicesAt, keepChoices } from "./choices.ts";
import { checkoutOf, Details, detailsName, faultsIn, faultsOf, type Faults, noDetails } from "./details.ts";
import { DetailsForm } from "./details-form.tsx";
import { pageReady, Waiting } from "./customer.tsx";
import { Failure } from "./failure.tsx";
import { useHeartbeat } from "./heartbeat.ts";
import { thisMinute } from "./minute.ts";
import { PageTitle } from "./page-title.tsx";
import { cardForm, Payment, type Way } from "./payment.tsx";
import { go } from "./place.ts";
import { namedIn } from "./named.ts";
import { isUnanswered, placeOrder } from "./placing.ts";
import { useParts } from "./staged.ts";
import { tableAt } from "./table.ts";
import { TopBar } from "./top-bar.tsx";
import { type PublishedMenu, refreshVenue, venueData, whenHere } from "./venue-data.ts";
import { choiceOf, When, type Wish } from "./when.tsx";
import { words } from "./words.ts";
import { checkoutWords } from "./words-checkout.ts";

/** A basket may lose a dish while its owner types an address. */
const refreshMs = 15_000;

export function CheckoutPage({ tenant, id }: { readonly tenant: string; readonly id: string }) {
  const data = venueData(id).value;
  useEffect(() => {
    void refreshVenue(id);
    const timer = setInterval(() => document.visibilityState === "visible" && void refreshVenue(id), refreshMs);
    return () => clearInterval(timer);
  }, [id]);
  useHeartbeat(() => void refreshVenue(id));
  if (data.status === "loading") return <Waiting />;
  if (data.status === "failed") return <Failure problem={data.problem} retry={() => void refreshVenue(id)} />;
  return <Checkout tenant={tenant} venue={data.venue} menu={data.menu} />;
}

/** The frame says nothing to read: it is not shown for long where the menu does not come. */
const framedMs = 2_500;

export const checkoutHere = (id: string): Promise<void> =>
  Promise.race([whenHere(venueData(id)), new Promise<void>((done) => setTimeout(done, framedMs))]);

interface CheckoutProps {
  readonly tenant: string;
  readonly venue: VenueView;
  readonly menu: PublishedMenu;
}

function Checkout({ tenant, venue, menu }: CheckoutProps) {
  const [details, setDetails] = useState<Details>(() => kept(detailsName, Details) ?? noDetails);
  const [{ way, wish }, setChoices] = useState<Choices>(() => choicesAt(venue.id));
  const [cardFault, setCardFault] = useState<string | null>(null);
  const [placing, setPlacing] = useState(false);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [wasUnanswered] = useState(() => isUnanswered(venue.id));
  // Two taps may come before the first is drawn.
  const busy = useRef(false);
  const form = useRef<HTMLFormElement>(null);
  const parts = useParts(3);
  const t = checkoutWords.value;
  // Kept with every key: whoever goes back to the menu, or whose phone drops the tab, types nothing twice.
  const change = (how: (now: Details) => Details) =>
    setDetails((now) => {
      const next = how(now);
      keep(detailsName, next);
      return next;
    });
  const choose = (choices: Choices) => {
    keepChoices(venue.id, choices);
    setChoices(choices);
  };
  useEffect(() => void (document.title = `${words.value.checkout} · ${venue.settings.name}`), [t]);

  const basket = basketAt(venue.id).value;
  const { fulfilment } = basket;
  const table = tableAt(venue, fulfilment);
  const minute = thisMinute.value;
  const when = useMemo(() => choiceOf(venue, fulfilment, wish, serverNow()), [venue, fulfilment, wish, minute]);
  const takesCash = fulfilment !== "delivery" || venue.settings.channels?.includes("own") !== false;
  const method: Way = takesCash ? way : "card";
  // What is sold at lunch only cannot be had for the evening, whenever it is ordered.
  const bill = billOf(menu, venue, basket, when.chosen ?? serverNow());
  const back = `/${tenant}/${venue.id}`;
  useEffect(() => {
    if (bill === null && !placing) go(back, "replace");
  }, [bill === null, placing]);
  if (bill === null) return <Waiting />;

  const own = faultsIn(details, fulfilment, t);
  const faults: Faults = tried ? { ...(problem === null ? {} : faultsOf(problem)), ...own } : {};

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy.current) return;
    setTried(true);
    setProblem(null);
    setCardFault(null);
    if (Object.keys(own).length > 0) return toFirstFault(form.current);
    busy.current = true;
    setPlacing(true);
    // What shows the order is fetched while it is placed.
    void pageReady({ page: "order", tenant, order: "" });
    const card = method === "card" ? await cardForm.token() : null;
    if (card?.ok === false) {
      busy.current = false;
      setPlacing(false);
      return setCardFault(card.fault);
    }
    const payment = card === null ? { method: "cash" } : { method: "card", token: card.token };
    const requestedFor = when.chosen === null ? null : new Date(when.chosen).toISOString();
    const seat = table === null ? {} : { table };
    // What is shown on the button is what is paid: a price that has changed meanwhile is asked about.
    const expectedTotal = isRefusal(bill) ? {} : { expectedTotal: bill.total };
    const checkout = { ...checkoutOf(details, fulfilment), payment, requestedFor, ...seat, ...expectedTotal };
    const reply = await placeOrder(tenant, venue.id, { venue: venue.id, fulfilment, lines: basket.lines, checkout });
    if (reply.ok) {
      // What was asked of the kitchen, and when it was wanted, is of this order and not of the next.
      keep(detailsName, { ...details, note: "" });
      keepChoices(venue.id, null);
      changeBasket(venue.id, (placed) => ({ ...placed, lines: [] }));
      go(`/${tenant}/orders/${reply.value.id}`, "replace");
      return;
    }
    busy.current = false;
    setPlacing(false);
    setProblem(reply.problem);
    void refreshVenue(venue.id);
    if (Object.keys(faultsOf(reply.problem)).length > 0) toFirstFault(form.current);
  };

  const total = isRefusal(bill) ? "" : money(bill.total, bill.currency);
  return (
    <>
      <ConnectionBanner live={reachable} />
      <TopBar tenant={tenant} back={back}>
        <bdi>{venue.settings.name}</bdi>
      </TopBar>
      <main class="page">
        <PageTitle>{words.value.checkout}</PageTitle>
        <form ref={form} class="checkout" noValidate onSubmit={(event) => void submit(event)}>
          <div class="checkout-form">
            <fieldset class="fields">
              <legend class="checkout-legend">{t.how}</legend>
              <div class="segments">
                {venue.settings.fulfilments.map((one) => (
                  <label key={one}>
                    <input
                      type="radio"
                      name="fulfilment"
                      checked={fulfilment === one}
                      onChange={() => changeBasket(venue.id, (now) => ({ ...now, fulfilment: Fulfilment.parse(one) }))}
                    />
                    {t[one]}
                  </label>
                ))}
              </div>
              {table === null ? null : <strong dir="auto">{words.value.table(table)}</strong>}
            </fieldset>
            <When
              choice={when}
              timeZone={venue.settings.timeZone}
              onChange={(chosen: Wish) => choose({ way, wish: chosen })}
            />
            {parts < 2 ? null : (
              <DetailsForm details={details} fulfilment={fulfilment} faults={faults} onChange={change} />
            )}
            {parts < 3 ? null : (
              <Payment
                way={method}
                takesCash={takesCash}
                fault={cardFault}
                onChange={(chosen: Way) => choose({ way: chosen, wish })}
              />
            )}
          </div>
          {parts < 3 ? null : (
            <CheckoutSlip
              venue={venue}
              menu={menu}
              basket={basket}
              bill={bill}
              back={back}
              faults={Object.keys(faults).length}
              why={problem === null ? null : whyWords(problem, namedIn(problem, menu, basket.lines))}
              before={wasUnanswered && problem === null && !placing ? `/${tenant}/orders` : null}
            >
              <button
                class={`button button-large button-wide ${placing ? "button-busy" : ""}`}
                disabled={isRefusal(bill)}
                aria-disabled={placing}
              >
                {placing ? t.placing : method === "cash" ? t.placeCash(total) : t.place(total)}
              </button>
            </CheckoutSlip>
          )}
        </form>
      </main>
    </>
  );
}

/** After the words beside the fields have been drawn, so that they are read out with the first. */
function toFirstFault(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}

/** Why an order was not placed; `dishes` are those it is about. */
function whyWords(problem: Problem, dishes: string): string {
  const t = checkoutWords.value;
  if (problem.status === 0) return t.unsure;
  if (slugOf(problem) === "outside-area") return t.tooFar;
  if (problem.errors?.some(({ pointer }) => pointer === "/checkout/requestedFor")) return t.noSuchTime;
  if (problem.errors?.some(({ pointer }) => pointer === "/checkout/expectedTotal")) return t.newTotal;
  return slugOf(problem) === "sold-out" && dishes !== "" ? t.notEnough(dishes) : problemWords(problem);
}
