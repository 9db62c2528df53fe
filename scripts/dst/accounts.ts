import { hasEnded, isOwed, isPaidByCard, type Order } from "../../domain/order/order.ts";
import { paidBack } from "../../domain/order/refund.ts";
import type { Venue } from "../../domain/venue/venue.ts";
import { takenOf } from "../../workers/sandbox/payments/payment.ts";
import type { Cast } from "./agreement.ts";
import { counted, menuOf } from "./menu.ts";
import { stateAt } from "./records.ts";
import type { House } from "./houses.ts";
import type { Town } from "./town.ts";

/** The provider's books say what the order's state says, to the unit. */
export function aboutMoney(town: Town, id: string, order: Order): string[] {
  const { placed, payment, stage } = order;
  const total = placed?.bill.total ?? 0;
  const booked = [...town.provider.payments.values()].filter(({ reference }) => reference === id);
  const wrong = (what: string): string[] => [`${id} (${stage.status}, payment ${payment.step}): ${what}`];
  if (booked.length > 1) return wrong(`${booked.length} payments`);
  const [one] = booked;
  const tooMuch = aboutPortions(order);
  if (tooMuch !== null) return wrong(tooMuch);
  if (placed !== null && !isPaidByCard(placed)) {
    if (one !== undefined) return wrong(`the provider has ${one.status}, and it is paid at the door`);
    const isHandedOver = stage.status === "collected" || stage.status === "delivered";
    const isBack = isHandedOver && paidBack(order, ["done"]) === total;
    const fits = {
      due: true,
      captured: isHandedOver && !isBack,
      refunded: isBack,
      voided: hasEnded(stage) && !isHandedOver,
    };
    return new Map<string, boolean>(Object.entries(fits)).get(payment.step) === true ? [] : wrong("at the door");
  }
  if (payment.step === "due") return one === undefined ? [] : wrong(`the provider has ${one.status}`);
  const back = paidBack(order, ["done"]);
  const inPart = payment.step === "captured" && back > 0 ? "partially_refunded" : payment.step;
  const expected = payment.step === "attention" ? "authorised" : inPart;
  if (one?.status !== expected) return wrong(`the provider has ${one?.status ?? "nothing"}`);
  if (one.amount !== total) return wrong(`the provider has ${one.amount}, the bill is ${total}`);
  const { captured, refunded } = takenOf(one);
  const isAll = (payment.step !== "captured" && payment.step !== "refunded") || captured === total;
  if (payment.step === "captured" && refunded !== back)
    return wrong(`${refunded} were given back, and the order knows of ${back}`);
  if (!isAll || (payment.step === "refunded" && refunded !== total))
    return wrong(`${captured} were taken, ${refunded} given back, of ${total}`);
  if (payment.step === "refunded" && back === total) return [];
  const isTaken = payment.step === "captured" || payment.step === "attention";
  const isAccepted = ["accepted", "preparing", "ready", "out-for-delivery"].includes(stage.status);
  if (hasEnded(stage) ? isTaken !== isOwed(stage) : isTaken !== isAccepted) return wrong("which is not what is owed");
  return [];
}

/** No portion is paid back twice, each at its price, and all together no more than the bill; by card and in cash. */
function aboutPortions({ placed, refunds = [] }: Order): string | null {
  const { lines, total } = placed?.bill ?? { lines: [], total: 0 };
  const back = refunds.filter(({ state }) => state !== "refused");
  for (const [line, { quantity }] of lines.entries()) {
    const all = back.flatMap((refund) => refund.lines).filter((one) => one.line === line);
    const portions = all.reduce((sum, one) => sum + one.quantity, 0);
    if (portions > quantity) return `${portions} portions of line ${line} were paid back, of ${quantity}`;
  }
  // Prices here hold their taxes, nothing is taken off and nobody chooses options: a portion costs what the bill says.
  for (const { number, amount, lines: portions } of back) {
    const due = portions.reduce((sum, { line, quantity }) => sum + quantity * (lines[line]?.unit ?? NaN), 0);
    if (portions.length > 0 && amount !== due) return `refund ${number} is ${amount}, its portions cost ${due}`;
  }
  const sum = back.reduce((all, { amount }) => all + amount, 0);
  return sum > total ? `${sum} were paid back, of ${total}` : null;
}

/** Nobody pays the prices of a menu that was replaced before they ordered; a call may hang for some minutes. */
export function aboutPrice(town: Town, id: string, { placed }: Order): string[] {
  const since = town.seen.get(`${town.homeOf(id).venueName} menu-published`);
  const allowed = 6 * 60_000 + 2 * town.forecast.weather.skew;
  if (placed === null || since === undefined || placed.placedAt < since + allowed) return [];
  const due = menuOf(2).items;
  const old = placed.bill.lines.filter(({ item, unit }) => due.find((one) => one.id === item)?.price !== unit);
  return old.length === 0 ? [] : [`${id} pays ${old[0]?.unit} for ${old[0]?.item}, which is an old price`];
}

/** Every portion is on the shelf, held, or in an order that was made or will be. */
export function aboutStock(town: Town, { customers }: Pick<Cast, "customers">, house: House): string[] {
  const place = stateAt<Venue>(town, "venue", house.venueName);
  if (place === null) return [];
  return Object.entries(counted).flatMap(([key, first]) => {
    const sum = (demand: readonly { key: string; quantity: number }[] = []): number =>
      demand.reduce((total, one) => total + (one.key === key ? one.quantity : 0), 0);
    const held = Object.values(place.reservations).reduce((total, { demand }) => total + sum(demand), 0);
    const used = customers.reduce((total, { id, house: home }) => {
      if (home !== house) return total;
      const order = town.order(id);
      return total + (order === null || isReturned(order) ? 0 : sum(order.placed?.demand));
    }, 0);
    const left = place.stock[key]?.left ?? NaN;
    return left + held + used === first
      ? []
      : [`${house.venue}: of ${first} ${key} ${left} are left, ${held} held and ${used} used`];
  });
}

function isReturned({ stage, timeline }: Order): boolean {
  if (!("end" in stage)) return false;
  const turns = timeline.filter(({ type }) => ["ready", "picked-up", "recalled"].includes(type));
  const last = turns.at(-1)?.type;
  return last === undefined || last === "recalled";
}
