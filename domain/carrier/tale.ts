import type { Context } from "../../contracts/rules.ts";
import { taleOf, type TaleOf } from "../tale.ts";
import type { CarrierState } from "./carrier.ts";
import type { CarrierEvent } from "./command.ts";
import { evolve } from "./evolve.ts";

export type Tale = TaleOf<CarrierState, CarrierEvent>;

export function beginTale(from: CarrierState, context: Context): Tale {
  return taleOf(from, context, evolve, (event: CarrierEvent) => event);
}
