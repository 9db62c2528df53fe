import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { deliveryRoutes } from "../../contracts/delivery-routes.ts";
import { DriverMessage, type DriverView, type PhoneMessage } from "../../contracts/delivery.ts";
import { LiveStream } from "../shared/live-stream.ts";
import { PendingActions } from "../shared/pending.ts";
import type { Session } from "../shared/session.ts";
import { afterPending } from "./after-pending.ts";

/**
 * What a driver's socket tells: shift, offer and tasks; positions go up it. What the driver does without a connection
 * is shown as done and sent later.
 */
export class Phone {
  readonly #driver = signal<DriverView | null>(null);
  readonly #stream: LiveStream<DriverMessage>;
  readonly #forgetHurry: () => void;
  readonly pending: PendingActions;
  readonly driver: ReadonlySignal<DriverView | null>;

  constructor(session: Session) {
    this.pending = new PendingActions("driver", session, deliveryRoutes, () => undefined);
    this.driver = computed(() => {
      const told = this.#driver.value;
      return told === null ? null : afterPending(told, this.pending.waiting.value);
    });
    this.#stream = new LiveStream({
      path: deliveryRoutes.myLive.path,
      session,
      schema: DriverMessage,
      message: (message) => {
        if (message.type !== "problem") this.#driver.value = message.driver;
      },
      probe: () => session.ask(deliveryRoutes.me),
      refused: () => session.forget(),
      remembered: { name: "driver.phone", state: () => this.#snapshot() },
    });
    this.#forgetHurry = effect(() => {
      if (this.live.value) this.pending.hurry();
    });
  }

  get live(): ReadonlySignal<boolean> {
    return this.#stream.live;
  }

  get asOf(): ReadonlySignal<number | null> {
    return this.#stream.asOf;
  }

  #snapshot(): DriverMessage | null {
    const driver = this.#driver.peek();
    return driver === null ? null : { type: "snapshot", seq: 0, driver };
  }

  tellPosition(message: PhoneMessage): void {
    this.#stream.send(message);
  }

  close(): void {
    this.#forgetHurry();
    this.pending.close();
    this.#stream.close();
  }
}
