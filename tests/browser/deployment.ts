import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A front before the real workers that can put out another version of the pages: one of an app's scripts gets a new
 * name, and the old one is gone, as after a deployment.
 */
export class Deployment {
  readonly #server: Server;
  readonly #target: URL;
  readonly #old: string;
  #isNew = false;

  private constructor(target: string, script: string) {
    this.#target = new URL(target);
    this.#old = script;
    this.#server = createServer((from, to) => {
      const path = from.url ?? "/";
      if (this.#isNew && path === this.#old) return void to.writeHead(404).end();
      // Whole and without compression: what is renamed must be read.
      const headers = { ...from.headers };
      for (const name of ["host", "accept-encoding", "if-none-match"]) delete headers[name];
      const asked = request(
        { host: this.#target.hostname, port: this.#target.port, path: path.replace(this.newer, this.#old), headers },
        (answer) => {
          const kind = answer.headers["content-type"] ?? "";
          const isOurs = path === "/sw.js" || kind.startsWith("text/html");
          if (!this.#isNew || !isOurs) {
            to.writeHead(answer.statusCode ?? 502, answer.headers);
            return void answer.pipe(to);
          }
          const chunks: Buffer[] = [];
          answer.on("data", (chunk: Buffer) => chunks.push(chunk));
          answer.on("end", () => {
            for (const name of ["content-length", "etag"]) delete answer.headers[name];
            to.writeHead(answer.statusCode ?? 502, answer.headers);
            to.end(
              Buffer.concat(chunks)
                .toString()
                .replaceAll(this.#old, this.newer)
                .replaceAll(`"version":"`, `"version":"n`),
            );
          });
        },
      );
      asked.on("error", () => to.writeHead(502).end());
      from.pipe(asked);
    });
  }

  /** `path`: the page whose own script is renamed by `deploy`. */
  static async before(target: string, path: string): Promise<Deployment> {
    const page = await (await fetch(target + path)).text();
    const script = /src="(\/assets\/[^"]+)"/.exec(page)?.[1] ?? "";
    const deployment = new Deployment(target, script);
    await new Promise<void>((resolve) => deployment.#server.listen(0, "127.0.0.1", resolve));
    return deployment;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The script's name in the old version, and in the new. */
  get older(): string {
    return this.#old;
  }

  get newer(): string {
    return this.#old.replace(/\.js$/, "-newer.js");
  }

  deploy(): void {
    this.#isNew = true;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
