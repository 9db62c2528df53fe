import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { z } from "zod";
import type { Random } from "../simulate/random.ts";
import type { Arrival } from "./told.ts";

const Body = z.object({ subject: z.string(), sequence: z.string() });
/** So often it does what it is told, and its answer is lost; so often it is busy. */
const [loses, isBusy] = [0.05, 0.03];

/** A tenant's own system that hears of all orders, on a line that is not the best. */
export class Till {
  /** What came of each order, in the order it came. */
  readonly arrivals = new Map<string, Arrival[]>();
  /** Of what it believes nothing, since it is not signed as agreed. */
  readonly forged: string[] = [];
  secret = "";
  readonly #server: Server;
  readonly #random: Random;

  private constructor(random: Random) {
    this.#random = random;
    this.#server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const status = this.#hear(request.headers, Buffer.concat(parts).toString());
        if (status === null) request.socket.destroy();
        else response.writeHead(status).end();
      });
    });
  }

  static async open(random: Random): Promise<Till> {
    const till = new Till(random);
    await new Promise<void>((resolve) => till.#server.listen(0, "127.0.0.1", resolve));
    return till;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("the till does not listen");
    return `http://127.0.0.1:${address.port}/reports`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** The status it answers with; null: none goes out. */
  #hear(headers: IncomingHttpHeaders, body: string): number | null {
    const id = String(headers["webhook-id"]);
    const key = Buffer.from(this.secret.slice("whsec_".length), "base64");
    const signed = createHmac("sha256", key).update(`${id}.${String(headers["webhook-timestamp"])}.${body}`);
    const wanted = `v1,${signed.digest("base64")}`;
    if (!String(headers["webhook-signature"]).split(" ").includes(wanted)) this.forged.push(id);
    const { subject, sequence } = Body.parse(JSON.parse(body));
    const before = this.arrivals.get(subject) ?? [];
    // What fails twice comes again after minutes only, and a run would wait for that.
    const luck = before.some((one) => one.id === id) ? 1 : this.#random();
    const taken = luck >= loses + isBusy;
    this.arrivals.set(subject, [...before, { id, sequence: Number(sequence), at: Date.now(), body, taken }]);
    return taken ? 204 : luck < loses ? null : 503;
  }
}
