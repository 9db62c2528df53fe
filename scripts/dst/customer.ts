import type { BasketLine } from "../../contracts/basket.ts";
import { Checkout, OrderView, type OrderLive } from "../../contracts/order.ts";
import type { Principal } from "../../contracts/principal.ts";
import { isRefusal } from "../../contracts/problem.ts";
import type { DeliveryMessage } from "../../contracts/delivery.ts";
import type { OrderObject } from "../../workers/ordering/order-object.ts";
import { placeOrder, type Wanted } from "../../workers/ordering/place-order.ts";
import type { Chance } from "./chance.ts";
import type { Remote } from "./remote.ts";

import { Follower } from "./follower.ts";
import { insist } from "./insist.ts";
import { anyKeys } from "./push-service.ts";
import type { House } from "./houses.ts";
import { person, type Town } from "./town.ts";

const minute = 60_000;
const phone = "+351912345678";
const email = "someone@example.com";
const street = "Rua do Sol 5";
const familyName = "Quixote";
const note = "ring twice";
/** What no line of a log may hold, and nothing that is kept of an order once it is erased. */
export const secrets = [phone, street, email, familyName, note];
const cards = ["card_ok", "card_ok", "card_ok", "card_declined", "card_insufficient", "card_slow", "card_timeout_after_charge", "card_capture_fails"]; // prettier-ignore

/** Somebody who orders once: what they want, how they pay, and how patient they are. */
export class Customer {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly wanted: Wanted;
  readonly card: string | null;
  /** Whether the order was answered with yes. */
  isPlaced = false;
  /** As the answer said it. */
  code = "";
  readonly follower: Follower<OrderLive>;
  readonly map: Follower<DeliveryMessage>;
  readonly principal: Principal;
  private hasRegretted = false;
  /** In so many browsers they want to be told by push. */
  private readonly browsers: number;
  readonly house: House;
  private readonly town: Town;
  private readonly chance: Chance;

  constructor(town: Town, house: House, number: number, name: string, chance: Chance) {
    this.town = town;
    this.house = house;
    this.chance = chance;
    this.name = name;
    this.number = number;
    this.id = `ord_${String(number).padStart(26, "0")}`;
    this.principal = town.principal(house, "customer", name);
    town.settle(this.id, house);
    const isDelivery = chance.hits(0.6);
    this.card = chance.hits(0.8) ? chance.of(cards) : null;
    this.wanted = this.want(isDelivery);
    const { id, principal } = this;
    const order = `${house.tenant}/${id}`;
    const { zoneName } = house;
    town.story.call(id, `order-${number}`);
    const regret = chance.hits(0.2)
      ? chance.of(["placed", "sent", "accepted", "accepted", "preparing", "ready", "out-for-delivery"])
      : "";
    this.follower = new Follower<OrderLive>(town, { name: `${name}, who follows ${id},`, namespace: "order", object: order, path: `/v1/orders/${id}/live`, principal }, (message) => this.hear(message, regret)); // prettier-ignore
    this.map = new Follower(town, { name: `${name}, who follows the delivery of ${id},`, namespace: "zone", object: zoneName, path: `/v1/deliveries/${id}/live`, principal }); // prettier-ignore
    // Drawn last, so that who was here on another day wants the same again.
    this.browsers = chance.of([0, 0, 0, 1, 1, 2]);
    town.takeOffline.customers.push((ms) => (this.follower.goOffline(ms), this.map.goOffline(ms)));
  }

  async play(): Promise<void> {
    const { town, chance, name, wanted } = this;
    await town.clock.sleep(chance.between(0, chance.of([2, 8, 20]) * minute));
    const { fulfilment, lines, checkout } = wanted;
    const what = lines.map(({ item, quantity }) => `${quantity} ${item}`).join(", ");
    town.story.tell(`${name} wants ${what} by ${fulfilment}, ${this.card ?? "cash"}${checkout.requestedFor === null ? "" : `, at ${checkout.requestedFor}`}`); // prettier-ignore
    if (chance.hits(0.15)) await this.openBasket();
    // This front door has known the venue for long, and heard nothing of it since.
    if (chance.hits(0.3)) town.rememberFirst(this.house);
    const answer = await insist(town, name, `place ${this.id}`, (ask) =>
      placeOrder(town.env(person("front door")), this.principal, this.id, wanted, ask),
    );
    if (isRefusal(answer)) return;
    this.isPlaced = true;
    this.code = OrderView.parse(JSON.parse(answer.body)).code ?? "";
    void this.follower.come();
    for (let browser = 1; browser <= this.browsers; browser += 1) void this.subscribe(`${this.number}-${browser}`);
    if (fulfilment === "delivery" && chance.hits(0.5))
      town.clock.in(chance.between(2, 20) * minute, () => this.map.come());
    if (chance.hits(0.2)) town.clock.in(chance.between(0, 40 * minute), () => this.cancel("customer"));
    if (chance.hits(0.06)) town.clock.in(chance.between(0, 90 * minute), () => this.cancel("staff"));
  }

  /** Comes back to what was ordered on another day. */
  comeBack(code: string): void {
    this.isPlaced = true;
    this.code = code;
    void this.follower.come();
    if (this.wanted.fulfilment === "delivery") void this.map.come();
  }

  /** Some change their mind the moment they see the order come so far: when it is hardest to undo. */
  private hear(message: OrderLive, regret: string): void {
    if (this.hasRegretted || !("order" in message) || message.order.status !== regret) return;
    this.hasRegretted = true;
    const who = regret === "ready" || regret === "out-for-delivery" ? "staff" : "customer";
    this.town.clock.in(this.chance.of([0, 50, 1_500]), () => this.cancel(who));
  }

  /** Wants pushes in a browser, which some throw away without a word, and some unsubscribe. */
  private async subscribe(browser: string): Promise<void> {
    const { town, chance, id, name, principal } = this;
    const endpoint = town.pushes.url(browser);
    const wanted = { endpoint, keys: anyKeys, topic: { kind: "order", order: id } } as const;
    await town.clock.sleep(chance.between(0, 5 * minute));
    const answer = await insist(town, name, `push ${id} to ${browser}`, async (ask) =>
      this.object().subscribe(`sub_${browser}`, wanted, principal, ask),
    );
    if (isRefusal(answer)) return;
    town.cloud.strike("push subscribed");
    if (chance.hits(0.15)) town.clock.in(chance.between(0, 30 * minute), () => town.pushes.gone.add(endpoint));
  }

  private async openBasket(): Promise<void> {
    const { fulfilment, lines } = this.wanted;
    await insist(this.town, this.name, `open ${this.id}`, async (ask) =>
      this.object().command({ type: "open", venue: this.house.venue, fulfilment, lines }, ask, this.principal),
    );
    await this.town.clock.sleep(this.chance.between(0, 3 * minute));
  }

  private async cancel(who: "customer" | "staff"): Promise<void> {
    const viewer = who === "customer" ? this.principal : this.town.principal(this.house, "staff", "manager");
    const command = { type: "cancel", who, reason: `${who}-cancelled`, detail: "" } as const;
    await insist(this.town, viewer.subject, `cancel ${this.id}`, async (ask) =>
      this.object().command(command, ask, viewer),
    );
  }

  private object(): Remote<OrderObject> {
    return this.town.cloud
      .namespace<OrderObject>("order", person(this.name))
      .getByName(`${this.house.tenant}/${this.id}`);
  }

  private want(isDelivery: boolean): Wanted {
    const { chance, card, town } = this;
    const items = chance.some(["clams", "wine", "soup"], chance.between(1, 2));
    const lines: BasketLine[] = items.map((item) => ({ item, quantity: chance.between(1, 3), options: [], note }));
    const later = town.clock.now + chance.between(10, 120) * minute;
    const checkout = Checkout.parse({
      customer: { name: `${this.name} ${familyName}`, phone, email },
      note,
      payment: card === null ? { method: "cash" } : { method: "card", token: card },
      address: isDelivery ? { line1: street, lat: 38.72, lng: -9.14, note } : null,
      requestedFor: chance.hits(0.15) ? new Date(later).toISOString() : null,
    });
    return { venue: this.house.venue, fulfilment: isDelivery ? "delivery" : "pickup", lines, checkout };
  }
}
