import { WebSocket } from "ws";
import { OrderLive, type OrderStatus } from "../../contracts/order.ts";
import type { Person, Restaurant } from "./restaurant.ts";
import { until } from "./until.ts";

/** A phone that follows an order live. */
export class Follower {
  readonly told: Exclude<OrderLive, { type: "problem" }>[] = [];
  readonly texts: string[] = [];
  closed: number | null = null;
  readonly socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (data: Buffer) => {
      const text = data.toString();
      this.texts.push(text);
      const message = text.startsWith("{") ? OrderLive.parse(JSON.parse(text)) : null;
      if (message !== null && message.type !== "problem") this.told.push(message);
    });
    socket.on("close", (code) => (this.closed = code));
  }

  /** Connects and waits until it is open; rejects with the HTTP status where it is refused. */
  static connect(place: Restaurant, who: Person, order: string, after?: number): Promise<Follower> {
    const query = after === undefined ? "" : `?after=${after}`;
    const url = `${place.harness.baseUrl.replace("http", "ws")}/v1/orders/${order}/live${query}`;
    const socket = new WebSocket(url, ["comanda.v1", `bearer.${who.token}`]);
    const follower = new Follower(socket);
    return new Promise((resolve, reject) => {
      socket.on("open", () => resolve(follower));
      socket.on("unexpected-response", (request, { statusCode }) => {
        request.destroy();
        reject(new Error(`refused with ${statusCode}`));
      });
      socket.on("error", reject);
    });
  }

  get seqs(): number[] {
    return this.told.map(({ seq }) => seq);
  }

  /** Waits until a message shows the order in a state. */
  async sees(status: OrderStatus): Promise<void> {
    await until(
      () => this.told.map(({ order }) => order.status),
      (statuses) => statuses.includes(status),
    );
  }

  close(): void {
    this.socket.close();
  }
}
