import { type ReadonlySignal, signal } from "@preact/signals";
import { deliveryRoutes } from "../../contracts/delivery-routes.ts";
import { DriverMessage, type DriverView, type PhoneMessage } from "../../contracts/delivery.ts";
import { LiveStream } from "../shared/live-stream.ts";
import type { Session } from "../shared/session.ts";

/** What a driver's socket tells: shift, offer and tasks; positions go up it. */
export class Phone {
  readonly #driver = signal<DriverView | null>(null);
  readonly #stream: LiveStream<DriverMessage>;

  constructor(session: Session) {
    this.#stream = new LiveStream({
      path: deliveryRoutes.myLive.path,
      session,
      schema: DriverMessage,
      message: (message) => {
        if (message.type !== "problem") this.#driver.value = message.driver;
      },
      probe: () => session.ask(deliveryRoutes.me),
      refused: () => session.forget(),
    });
  }

  get driver(): ReadonlySignal<DriverView | null> {
    return this.#driver;
  }

  get live(): ReadonlySignal<boolean> {
    return this.#stream.live;
  }

  tellPosition(message: PhoneMessage): void {
    this.#stream.send(message);
  }

  close(): void {
    this.#stream.close();
  }
}
