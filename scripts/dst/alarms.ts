import type { Cloud, Place } from "./cloud.ts";
import { PowerCut } from "../../workers/shared/testing/disk.ts";

/** An alarm handler that throws is called again so often, and then never more. */
const mostRetries = 6;

/** Whatever an order waits for is due by then. */
const soonMs = 6 * 24 * 3_600_000;

/** The alarms of a cloud: one an object, kept until its handler has ended well; late and twice if the weather is such. */
export class Alarms {
  private readonly cloud: Cloud;
  private numbers = 0;

  constructor(cloud: Cloud) {
    this.cloud = cloud;
  }

  /** `at` is by the object's own clock, which is `ahead` by so much (ms). */
  set(place: Place, at: number, ahead: number): void {
    const { clock, chance, weather } = this.cloud;
    const number = ++this.numbers;
    const late = weather.alarmLate > 0 && chance.hits(0.5) ? chance.between(0, weather.alarmLate) : 0;
    if (late > 0) this.cloud.strike("alarm late");
    place.alarm = { at, number };
    // What is kept for weeks and then forgotten is not waited for.
    const isSoon = at - clock.now < soonMs;
    clock.at(at - ahead + late, () => {
      if (place.alarm?.number !== number) return;
      place.alarm = null;
      void this.goOff(place, 0);
    }, isSoon); // prettier-ignore
  }

  private async goOff(place: Place, retries: number): Promise<void> {
    const { clock, chance, weather, broken } = this.cloud;
    try {
      await this.cloud.handle(place, "alarm");
      if (chance.hits(weather.alarmTwice)) clock.in(chance.between(0, 2_000), () => void this.goOffAgain(place));
    } catch (error) {
      const isCut = error instanceof PowerCut;
      if (!isCut) broken.push(`the alarm of ${place.namespace}/${place.name} threw: ${String(error)}`);
      if (place.alarm !== null || (!isCut && retries >= mostRetries)) return;
      clock.in(2_000 * 2 ** retries, () => {
        if (place.alarm === null) void this.goOff(place, isCut ? retries : retries + 1);
      });
    }
  }

  /** At least once is what the platform promises. */
  private async goOffAgain(place: Place): Promise<void> {
    this.cloud.strike("alarm twice");
    try {
      await this.cloud.handle(place, "alarm");
    } catch (error) {
      if (!(error instanceof PowerCut)) this.cloud.broken.push(`a second alarm threw: ${String(error)}`);
      // Cut short, it too is kept until its handler has ended well.
      this.cloud.clock.in(2_000, () => (place.alarm === null ? void this.goOff(place, 0) : undefined));
    }
  }
}
