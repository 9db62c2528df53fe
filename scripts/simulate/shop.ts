import type { BasketLineInput, ChosenOptionInput } from "../../contracts/basket.ts";
import type { Point } from "../../contracts/point.ts";
import type { VenueId } from "../../contracts/ids.ts";
import { type CompiledMenu, optionKey, type StockKey, variationKey } from "../../contracts/menu.ts";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import type { VenueView } from "../../contracts/venue.ts";
import type { Moment } from "../../domain/menu/availability.ts";
import { sampleBasket } from "../../domain/menu/sample-basket.ts";
import { localTime } from "../../domain/venue/local-time.ts";
import type { Api } from "../client/api.ts";
import type { Random } from "./random.ts";
import { describe } from "./world.ts";

/** Where a venue that says nothing of its place is taken to be. */
const somewhere: Point = { lat: 51.5145, lng: -0.1332 };
const mostLines = 4;

/** A venue as its customers know it. */
export class Shop {
  readonly id: VenueId;
  readonly menu: CompiledMenu;
  readonly #api: Api;
  #venue: VenueView;

  private constructor(api: Api, venue: VenueView, menu: CompiledMenu) {
    this.#api = api;
    this.id = venue.id;
    this.#venue = venue;
    this.menu = menu;
  }

  /** Throws with words for the user where nothing is sold. */
  static async at(api: Api, id: VenueId): Promise<Shop> {
    const venue = await api.call(venueRoutes.read, { params: { venue: id } });
    if (!venue.ok) throw new Error(`The venue ${id} cannot be read: ${describe(venue)}`);
    const menu = await api.call(venueRoutes.menu, { params: { venue: id } });
    if (!menu.ok) throw new Error(`The menu of ${id} cannot be read: ${describe(menu)}`);
    return new Shop(api, venue.value, menu.value);
  }

  get settings(): VenueView["settings"] {
    return this.#venue.settings;
  }

  get point(): Point {
    return this.settings.point ?? somewhere;
  }

  /** Looks anew at what is sold out. */
  async refresh(): Promise<void> {
    const venue = await this.#api.call(venueRoutes.read, { params: { venue: this.id } });
    if (venue.ok) this.#venue = venue.value;
  }

  moment(): Moment {
    return { soldOut: new Set(this.#venue.soldOut), local: localTime(Date.now(), this.settings.timeZone) };
  }

  /** A basket of what can be had and that the venue would take; `cautious`: nothing of which there is a counted number. */
  basket(random: Random, cautious: boolean): BasketLineInput[] {
    const now = this.moment();
    const moment = cautious ? { ...now, soldOut: new Set([...now.soldOut, ...Object.keys(this.menu.tracked)]) } : now;
    return sampleBasket(this.menu, random, mostLines, moment);
  }

  /** Whether something in it is counted or sold out, so that a refusal for that is fair. */
  mayRunOut(lines: readonly BasketLineInput[]): boolean {
    const scarce = new Set([...this.#venue.soldOut, ...Object.keys(this.menu.tracked)]);
    return lines.some((line) => keysOf(line).some((key) => scarce.has(key)));
  }
}

function keysOf({ item, variation, options = [] }: BasketLineInput): StockKey[] {
  return [item, ...(variation === undefined ? [] : [variationKey(item, variation)]), ...options.flatMap(keysOfOption)];
}

function keysOfOption({ group, option, options = [] }: ChosenOptionInput): StockKey[] {
  return [optionKey(group, option), ...options.flatMap(keysOfOption)];
}
