import { DriverView } from "../../contracts/driver.ts";
import type { Person, Reply, Restaurant } from "./restaurant.ts";
import { until } from "./until.ts";

/** A driver on shift beside the restaurant, and the buttons on their phone. */
export class DriverPhone {
  readonly place: Restaurant;
  readonly person: Person;

  private constructor(place: Restaurant, person: Person) {
    this.place = place;
    this.person = person;
  }

  static async onShift(place: Restaurant, name: string): Promise<DriverPhone> {
    const phone = new DriverPhone(place, await place.client("driver", { driver: name.toLowerCase() }));
    const position = { lat: 52.54, lng: 13.41 };
    const shift = { on: true, zone: "main", name, vehicle: "bike", position };
    const reply = await place.ask(phone.person, "POST", "/v1/drivers/me/shift", { body: shift });
    if (reply.status !== 200) throw new Error(`no shift: ${reply.status} ${reply.text}`);
    return phone;
  }

  try(order: string, button: string, body: object = {}): Promise<Reply> {
    return this.place.ask(this.person, "POST", `/v1/deliveries/${order}/${button}`, { body });
  }

  async press(order: string, button: string, body: object = {}): Promise<void> {
    const reply = await this.try(order, button, body);
    if (reply.status !== 200) throw new Error(`${button}: ${reply.status} ${reply.text}`);
  }

  async me(): Promise<DriverView> {
    return DriverView.parse(JSON.parse((await this.place.ask(this.person, "GET", "/v1/drivers/me")).text));
  }

  /** Waits for the order to be offered, and takes it. */
  async take(order: string, withinMs?: number): Promise<void> {
    await until(
      () => this.me(),
      ({ offer }) => offer?.order === order,
      withinMs,
    );
    await this.press(order, "accept");
  }
}
