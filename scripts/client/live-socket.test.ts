import { createServer } from "node:http";
import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import { LiveSocket } from "./live-socket.ts";

const Message = z.object({ type: z.string(), seq: z.int().optional() });
const as = { authorization: () => Promise.resolve("Bearer t"), refused() {} };
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

test("comes back after a break with the last number, and tells of a gap", async () => {
  const { baseUrl, sockets, paths } = await server();
  const heard: number[] = [];
  const faults: string[] = [];
  const live = new LiveSocket({
    baseUrl,
    path: "/live",
    as,
    schema: Message,
    message: ({ seq }) => heard.push(seq ?? -1),
    fault: (kind) => faults.push(kind),
  });
  ends.push(() => live.close());

  const first = await sockets();
  first.send('{"type":"snapshot","seq":3}');
  first.send('{"type":"event","seq":4}');
  await expect.poll(() => heard).toEqual([3, 4]);
  first.terminate();

  const second = await sockets();
  expect(paths).toEqual(["/live", "/live?after=4"]);
  second.send('{"type":"event","seq":5}');
  second.send('{"type":"event","seq":7}');
  second.send("not JSON");
  await expect.poll(() => faults).toEqual(["gap", "misshapen"]);
  expect(heard).toEqual([3, 4, 5, 7]);
});

test("is not tried again where the server will not have it", async () => {
  const http = createServer((_, response) => response.writeHead(404).end());
  const baseUrl = await listening(http);
  const refused: number[] = [];
  const live = new LiveSocket({
    baseUrl,
    path: "/live",
    as,
    schema: Message,
    message() {},
    fault() {},
    refused: (status) => refused.push(status),
  });
  ends.push(() => live.close());
  await expect.poll(() => refused).toEqual([404]);
  expect(live.send("x")).toBe(false);
});

async function server() {
  const http = createServer();
  const wss = new WebSocketServer({ server: http });
  const opened: WebSocket[] = [];
  const paths: string[] = [];
  wss.on("connection", (socket, request) => {
    opened.push(socket);
    paths.push(request.url ?? "");
  });
  const baseUrl = await listening(http);
  const sockets = async () => {
    await expect.poll(() => opened.length).toBeGreaterThan(0);
    const [socket] = opened.splice(0, 1);
    if (socket === undefined) throw new Error("no socket");
    return socket;
  };
  return { baseUrl, sockets, paths };
}

async function listening(http: ReturnType<typeof createServer>): Promise<string> {
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  ends.push(() => {
    http.closeAllConnections();
    http.close();
  });
  const address = http.address();
  if (address === null || typeof address === "string") throw new Error("not a TCP port");
  return `http://127.0.0.1:${address.port}`;
}
