import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";

/** How a receiver answers: a status, headers, a body, after a while. */
export interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly afterMs?: number;
}

/** A webhook that came in, as it came. */
export interface Arrival {
  readonly at: number;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly raw: string;
  /** `order.ready` of `comanda.order.ready.v1`. */
  readonly event: string;
  readonly order: string;
  readonly status: number;
}

/** A tenant's own system: a real HTTP server that takes webhooks as it is told to. */
export class Receiver {
  readonly arrivals: Arrival[] = [];
  answer: (event: string, order: string) => Answer = () => ({ status: 204 });
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const raw = Buffer.concat(parts).toString();
        const { type = "", subject = "" } = Object(JSON.parse(raw === "" ? "{}" : raw));
        const event = String(type).replace(/^comanda\.(.*)\.v1$/, "$1");
        const { status, headers = {}, body = "", afterMs = 0 } = this.answer(event, String(subject));
        const { url: path = "", headers: sent } = request;
        this.arrivals.push({ at: Date.now(), path, headers: sent, raw, event, order: String(subject), status });
        setTimeout(() => response.writeHead(status, headers).end(body), afterMs);
      });
    });
  }

  static async listen(): Promise<Receiver> {
    const receiver = new Receiver();
    await new Promise<void>((resolve) => receiver.server.listen(0, "127.0.0.1", resolve));
    return receiver;
  }

  get url(): string {
    const address = this.server.address();
    if (address === null || typeof address === "string") throw new Error("not listening");
    return `http://127.0.0.1:${address.port}/hook`;
  }

  of(order: string): Arrival[] {
    return this.arrivals.filter((arrival) => arrival.order === order);
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** Whether an arrival was signed with this secret, by the letter of Standard Webhooks 1.0. */
export function isSignedWith(secret: string, { headers, raw }: Arrival): boolean {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const wanted = createHmac("sha256", key)
    .update(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${raw}`)
    .digest();
  const given = String(headers["webhook-signature"]).split(" ");
  return given.some((one) => {
    const bytes = Buffer.from(one.replace(/^v1,/, ""), "base64");
    return one.startsWith("v1,") && bytes.length === wanted.length && timingSafeEqual(bytes, wanted);
  });
}
