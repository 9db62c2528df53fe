import "./checkout-page.css";
import { useEffect, useMemo, useState } from "preact/hooks";
import { Fulfilment } from "../../contracts/basket.ts";
import { isRefusal, type Problem } from "../../contracts/problem.ts";
import type { VenueView } from "../../contracts/venue.ts";
import { slugOf } from "../shared/api.ts";
import { money } from "../shared/format.ts";
import { LanguageChoice } from "../shared/language-choice.tsx";
import { now } from "../shared/now.ts";
import { keep, kept } from "../shared/storage.ts";
import { problemWords } from "../shared/words.ts";
import { basketAt, billOf, changeBasket } from "./basket.ts";
import { LineDetails, Totals } from "./bill.tsx";
import { checkoutOf, Details, noDetails } from "./details.ts";
import { DetailsForm, Payment } from "./details-form.tsx";
import { Waiting } from "./customer.tsx";
import { Failure } from "./failure.tsx";
import { go } from "./place.ts";
import { namedIn } from "./named.ts";
import { placeOrder } from "./placing.ts";
import { type PublishedMenu, refreshVenue, venueData } from "./venue-data.ts";
import { choiceOf, When, type Wish } from "./when.tsx";
import { words } from "./words.ts";

const detailsName = "comanda.details";

export function CheckoutPage({ tenant, id }: { readonly tenant: string; readonly id: string }) {
  const data = venueData(id).value;
  // What is sold out may have changed while the menu was being read.
  useEffect(() => void refreshVenue(id), [id]);
  if (data.status === "loading") return <Waiting />;
  if (data.status === "failed") return <Failure problem={data.problem} retry={() => void refreshVenue(id)} />;
  return <Checkout tenant={tenant} venue={data.venue} menu={data.menu} />;
}

interface CheckoutProps {
  readonly tenant: string;
  readonly venue: VenueView;
  readonly menu: PublishedMenu;
}

function Checkout({ tenant, venue, menu }: CheckoutProps) {
  const [details, setDetails] = useState<Details>(() => kept(detailsName, Details) ?? noDetails);
  const [card, setCard] = useState<keyof typeof t.cards>("card_ok");
  const [placing, setPlacing] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const t = words.value;
  useEffect(() => void (document.title = `${t.checkout} · ${venue.settings.name}`), [t]);

  const [wish, setWish] = useState<Wish>("at once");
  const basket = basketAt(venue.id).value;
  const minute = Math.floor(now.value / 60_000);
  const when = useMemo(
    () => choiceOf(venue, basket.fulfilment, wish, Date.now()),
    [venue, basket.fulfilment, wish, minute],
  );
  // What is sold at lunch only cannot be had for the evening, whenever it is ordered.
  const bill = billOf(menu, venue, basket, when.chosen ?? Date.now());
  const back = `/${tenant}/${venue.id}`;
  useEffect(() => {
    if (bill === null) go(back, "replace");
  }, [bill === null]);
  if (bill === null) return <Waiting />;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (placing) return;
    setPlacing(true);
    setProblem(null);
    keep(detailsName, details);
    const payment = card === "cash" ? { method: "cash" } : { method: "card", token: card };
    const requestedFor = when.chosen === null ? null : new Date(when.chosen).toISOString();
    const checkout = { ...checkoutOf(details, basket.fulfilment), payment, requestedFor };
    const body = { venue: venue.id, fulfilment: basket.fulfilment, lines: basket.lines, checkout };
    const reply = await placeOrder(tenant, venue.id, body);
    if (reply.ok) {
      changeBasket(venue.id, (placed) => ({ ...placed, lines: [] }));
      go(`/${tenant}/orders/${reply.value.id}`, "replace");
      return;
    }
    setPlacing(false);
    setProblem(reply.problem);
    void refreshVenue(venue.id);
  };

  const total = isRefusal(bill) ? "" : money(bill.total, bill.currency);
  return (
    <>
      <header class="top">
        <a class="wordmark" href={back}>
          <span aria-hidden="true">‹ </span>
          {venue.settings.name}
        </a>
        <LanguageChoice />
      </header>
      <main class="page">
        <h1>{t.checkout}</h1>
        <form class="checkout" onSubmit={(event) => void submit(event)}>
          <div class="checkout-form">
            <fieldset class="fields">
              <legend class="checkout-legend">{t.how}</legend>
              <div class="segments">
                {venue.settings.fulfilments.map((way) => (
                  <label key={way}>
                    <input
                      type="radio"
                      name="fulfilment"
                      checked={basket.fulfilment === way}
                      onChange={() => changeBasket(venue.id, (now) => ({ ...now, fulfilment: Fulfilment.parse(way) }))}
                    />
                    {t[way]}
                  </label>
                ))}
              </div>
            </fieldset>
            <When choice={when} timeZone={venue.settings.timeZone} onChange={setWish} />
            <DetailsForm details={details} fulfilment={basket.fulfilment} onChange={setDetails} />
            <Payment card={card} onChange={setCard} />
          </div>
          <div class="slip checkout-slip">
            <h2>{venue.settings.name}</h2>
            {isRefusal(bill) ? (
              <p class="notice notice-wait" role="alert">
                {t.changed(namedIn(bill, menu, basket.lines))}
              </p>
            ) : (
              <>
                <ul class="slip-rows">
                  {bill.lines.map((line, at) => (
                    <li key={`${at}-${line.item}`} class="slip-row">
                      <span class="checkout-line">
                        <span class="figures">{line.quantity}×</span> <LineDetails line={line} />
                      </span>
                      <span class="figures">{money(line.total, bill.currency)}</span>
                    </li>
                  ))}
                </ul>
                <Totals bill={bill} />
              </>
            )}
            {problem === null ? null : (
              <p class="notice notice-stop" role="alert">
                <strong>{t.refused}</strong>
                <span>{whyWords(problem, namedIn(problem, menu, basket.lines))}</span>
              </p>
            )}
            {isRefusal(bill) || problem !== null ? <a href={back}>{t.changeOrder}</a> : null}
            <button
              class={`button button-large button-wide ${placing ? "button-busy" : ""}`}
              disabled={isRefusal(bill)}
              aria-disabled={placing}
            >
              {placing ? t.placing : card === "cash" ? t.placeCash(total) : t.place(total)}
            </button>
          </div>
        </form>
      </main>
    </>
  );
}

/** Why an order was not placed; `dishes` are those it is about. */
function whyWords(problem: Problem, dishes: string): string {
  const t = words.value;
  if (problem.status === 0) return t.unsure;
  if (slugOf(problem) === "outside-area") return t.tooFar;
  if (problem.errors?.some(({ pointer }) => pointer === "/checkout/requestedFor")) return t.noSuchTime;
  return slugOf(problem) === "sold-out" && dishes !== "" ? t.notEnough(dishes) : problemWords(problem);
}
