import type { Vehicle } from "../../contracts/errand.ts";
import type { Errand, Terms } from "./situation.ts";

/** Orders of one venue, in the sequence of their doors, and what does not depend on who brings them. */
export class Trip {
  readonly errands: readonly Errand[];
  /** When the last of it is ready, and how far off that may be. */
  readonly readyAt: number;
  readonly spreadMs: number;
  /** Whether there is somebody who must not be asked. */
  readonly barred: boolean;
  #vehicle: Vehicle | null = null;
  #doors: readonly number[] = [];
  #longest = 0;

  constructor(errands: readonly Errand[]) {
    this.errands = errands;
    let latest = 0;
    let spread = 0;
    let barred = false;
    for (const { readyAt, spreadMs, barred: names } of errands) {
      if (spreadMs > spread && readyAt + spreadMs > latest) spread = spreadMs;
      if (readyAt > latest) latest = readyAt;
      for (const _ in names) barred = true;
    }
    this.readyAt = latest;
    this.spreadMs = spread;
    this.barred = barred;
  }

  /** Milliseconds from pickup to standing at each door. */
  doors(vehicle: Vehicle, terms: Terms): readonly number[] {
    if (vehicle !== this.#vehicle) this.#measure(vehicle, terms);
    return this.#doors;
  }

  /** The longest way between two stops (milliseconds). */
  longest(vehicle: Vehicle, terms: Terms): number {
    if (vehicle !== this.#vehicle) this.#measure(vehicle, terms);
    return this.#longest;
  }

  #measure(vehicle: Vehicle, { travel, parkMs, leaveMs }: Terms): void {
    const doors: number[] = [];
    let time = leaveMs;
    let spot = this.errands[0]?.pickup ?? null;
    this.#longest = 0;
    for (const { dropoff } of this.errands) {
      const ride = travel(spot, dropoff, vehicle);
      if (ride > this.#longest) this.#longest = ride;
      time += ride + parkMs;
      doors.push(time);
      time += leaveMs;
      spot = dropoff;
    }
    this.#vehicle = vehicle;
    this.#doors = doors;
  }
}
