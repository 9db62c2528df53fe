import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { deliveryRoutes } from "../../contracts/delivery-routes.ts";
import { DriverMessage, DriverView, type PhoneMessage } from "../../contracts/driver.ts";
import type { Reply } from "../shared/api.ts";
import { LiveStream } from "../shared/live-stream.ts";
import { PendingActions } from "../shared/pending.ts";
import type { Session } from "../shared/session.ts";
import { afterPending } from "./after-pending.ts";
import { NewsDesk } from "./news-desk.ts";
import { forgetSelf } from "./self.ts";

/**
 * What a driver's socket tells: shift, offer and tasks; positions go up it. What the driver does without a connection
 * is shown as done and sent later.
 */
export class Phone {
  readonly #driver = signal<DriverView | null>(null);
  /** What was answered by other ways since the socket last spoke. */
  readonly #meanwhile = signal<DriverView | null>(null);
  readonly #stream: LiveStream<DriverMessage>;
  readonly #forgetHurry: () => void;
  readonly #forgetRefused: () => void;
  readonly pending: PendingActions;
  readonly desk: NewsDesk;
  readonly driver: ReadonlySignal<DriverView | null>;

  constructor(session: Session) {
    this.pending = new PendingActions("driver", session, deliveryRoutes, (value) => {
      // Whoever has ended the shift is off it with the answer: the socket may say so a moment later.
      const told = DriverView.safeParse(value);
      if (told.success && told.data.seq >= (this.#driver.peek()?.seq ?? 0)) this.#driver.value = told.data;
      if (!this.live.peek()) void this.#probe(session);
    });
    this.desk = new NewsDesk(this.pending);
    this.driver = computed(() => {
      const told = (this.live.value ? null : this.#meanwhile.value) ?? this.#driver.value;
      return told === null ? null : afterPending(told, this.pending.waiting.value);
    });
    this.#stream = new LiveStream({
      path: deliveryRoutes.myLive.path,
      session,
      schema: DriverMessage,
      message: (message) => {
        this.#meanwhile.value = null;
        if (message.type === "problem") return;
        this.desk.hear(message);
        this.#driver.value = message.driver;
      },
      probe: () => this.#probe(session),
      refused: () => session.forget(),
      remembered: { name: "driver.phone", state: () => this.#snapshot() },
    });
    this.#forgetHurry = effect(() => {
      if (!this.live.value) return;
      this.pending.hurry();
      // An offer's countdown goes by the server's clock, which only an answer tells.
      void this.#probe(session);
    });
    // What was not taken stands otherwise than it is shown here.
    this.#forgetRefused = effect(() => {
      const isRefused = this.pending.outcomes.value.some(({ problem }) => problem !== null);
      if (isRefused && !this.live.peek()) void this.#probe(session);
    });
  }

  get live(): ReadonlySignal<boolean> {
    return this.#stream.live;
  }

  get asOf(): ReadonlySignal<number | null> {
    return this.#stream.asOf;
  }

  async #probe(session: Session): Promise<Reply<DriverView>> {
    const reply = await session.ask(deliveryRoutes.me);
    if (reply.ok) this.#meanwhile.value = reply.value;
    return reply;
  }

  #snapshot(): DriverMessage | null {
    const driver = this.#driver.peek();
    return driver === null ? null : { type: "snapshot", seq: 0, driver };
  }

  /** The phone is not let in any more: it keeps nothing of customers, nor of the driver. */
  forget(): void {
    this.pending.forget();
    this.desk.forget();
    forgetSelf();
  }

  tellPosition(message: PhoneMessage): void {
    this.#stream.send(message);
  }

  close(): void {
    this.#forgetHurry();
    this.#forgetRefused();
    this.desk.close();
    this.pending.close();
    this.#stream.close();
  }
}
