import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { BookingView, CarrierChange, CarrierSettings, CarrierView, Parcel } from "../../contracts/carrier.ts";
import { OrderId } from "../../contracts/ids.ts";
import { reachesVenue, type Principal } from "../../contracts/principal.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import type { Recorded } from "../../contracts/rules.ts";
import { durationMs } from "../../contracts/venue.ts";
import { isOver, type Booking } from "../../domain/carrier/booking.ts";
import { carrierRules } from "../../domain/carrier/carrier-rules.ts";
import type { CarrierState, Settings } from "../../domain/carrier/carrier.ts";
import type { Asked, CarrierCommand, CarrierEvent, Reply } from "../../domain/carrier/command.ts";
import { Actor, type Answer, type Ask } from "../shared/actor.ts";
import type { Carriers } from "../shared/carriers.ts";
import type { Attempt } from "../shared/effects.ts";
import { callCarrier, toldOf } from "./carrier-call.ts";
import { CarrierSecrets } from "./carrier-secrets.ts";
import { bookingView, carrierView } from "./carrier-view.ts";
import type { DeliveryEnv } from "./env.ts";
import { tally } from "./observe.ts";

const Asking = z.object({ order: OrderId, call: z.enum(["quote", "book", "track", "cancel"]), key: z.string() });

export const noCarrier = refuse("not-found", "No such carrier.");
const noSecret = refuse("unauthenticated", "This is not the secret that was agreed for callbacks.");

/** One third-party carrier of a tenant: what it has, what it is asked, and whether it answers. */
export class CarrierObject extends Actor<DeliveryEnv, CarrierState, CarrierCommand, CarrierEvent> {
  protected override readonly kind = "carrier";
  protected override readonly rules = carrierRules;
  protected override readonly layout = { collections: ["bookings"] } as const;
  protected override readonly retain = 20_000;

  private readonly secrets = new CarrierSecrets(this.env.KEY_ENCRYPTION_SECRET, this.self);

  view(): CarrierView | Refusal {
    const { settings } = this.state;
    return settings === null ? noCarrier : carrierView(this.id, this.state, settings);
  }

  /** What people call it; null where there is none. */
  callName(): string | null {
    return this.state.settings?.name ?? null;
  }

  configure(change: CarrierChange, ask: Ask): CarrierView | Refusal {
    const { secret, callbackSecret, ...agreed } = change;
    const named = { secret, callbackSecret };
    const settings = this.secrets.keep(settingsOf(agreed), named, this.state.settings);
    if (settings === null) {
      const pointer = secret === undefined ? "/secret" : "/callbackSecret";
      return refuse("invalid-value", "A new carrier needs both secrets.", [{ pointer, detail: "missing" }]);
    }
    this.execute({ type: "configure", settings }, ask, () => ({}));
    return carrierView(this.id, this.state, settings);
  }

  bookings(principal: Principal, status: "open" | "all"): BookingView[] | Refusal {
    if (this.state.settings === null) return noCarrier;
    return Object.values(this.state.bookings)
      .filter(({ stage, request }) => (status === "all" || !isOver(stage)) && reachesVenue(principal, request.venue))
      .toSorted((one, other) => one.askedAt - other.askedAt)
      .map(bookingView);
  }

  /** What the carrier tells by itself; only who knows the secret learns what there is to tell about. */
  tell(parcel: Parcel, secret: string, ask: Ask): Answer | Refusal {
    const { settings } = this.state;
    const agreed = settings === null ? null : this.secrets.open(settings, "callbackSecret");
    if (agreed === null || !same(secret, agreed)) return noSecret;
    return this.execute({ type: "be-told", order: parcel.reference, parcel: toldOf(parcel) }, ask, () => ({}));
  }

  protected override async perform(_kind: string, request: unknown): Promise<Attempt<CarrierCommand>> {
    const asked = Asking.parse(request);
    const { order, call } = asked;
    const { settings } = this.state;
    const booking = this.state.bookings[order];
    const began = Date.now();
    const reply =
      settings === null || booking === undefined
        ? unanswered("there is nothing to call about")
        : await this.call(settings, asked, booking);
    return { done: { type: "hear", order, call, reply, tookMs: Date.now() - began } };
  }

  private call(settings: Settings, asked: Asked, booking: Booking): Promise<Reply> | Reply {
    const secret = this.secrets.open(settings, "secret");
    if (secret === null) return unanswered("its secret cannot be opened: was KEY_ENCRYPTION_SECRET changed?");
    return callCarrier({ ...settings, secret }, this.id, asked, booking);
  }

  protected override carriers(): Carriers {
    const { DELIVERY_INBOX: delivery, ZONE: zone, DB: db } = this.env;
    return { queues: { delivery }, objects: { zone }, counts: { tally, db } };
  }

  protected override breakers() {
    return this.state.settings === null ? [] : [this.state.breaker.state];
  }

  /** Nobody follows a carrier: who waits for a delivery follows that. */
  protected override liveMessage(_event: Recorded<CarrierEvent>): null {
    return null;
  }
}

function settingsOf(change: CarrierSettings): Omit<Settings, "secret" | "callbackSecret" | "sealed"> {
  const { name, url, enabled, requoteAfter } = change;
  return {
    name,
    url,
    enabled,
    answerWithinMs: durationMs(change.answerWithin),
    silentAfterMs: durationMs(change.silentAfter),
    requoteAfterMs: requoteAfter === null ? null : durationMs(requoteAfter),
    giveUpAfterMs: durationMs(change.giveUpAfter),
    trackForMs: durationMs(change.trackFor),
  };
}

function unanswered(why: string): Reply {
  return { result: "unanswered", why, retryAfterMs: 0 };
}

/** Takes as long for a wrong secret as for the right one. */
function same(given: string, known: string): boolean {
  const [one, other] = [given, known].map((text) => createHash("sha256").update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}
