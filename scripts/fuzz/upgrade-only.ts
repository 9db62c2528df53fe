import { request } from "node:http";
import type { HttpAnswer, HttpRequest } from "../client/http-connection.ts";

/** A handshake, and what came of it: 101 is closed again at once. */
export function upgradeOnly(baseUrl: string, { method, path, headers }: HttpRequest): Promise<HttpAnswer> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    const going = request({ hostname, port, method, path, headers, timeout: 30_000 }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    going.on("upgrade", ({ headers: given }, socket) => {
      socket.destroy();
      resolve({ status: 101, headers: given, text: "" });
    });
    going.on("timeout", () => going.destroy(new Error("no answer within 30 s")));
    going.on("error", reject);
    going.end();
  });
}
