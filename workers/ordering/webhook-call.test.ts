import { createServer, type RequestListener, type Server } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { callEndpoint, retryAfter } from "./webhook-call.ts";

let server: Server | undefined;
afterEach(() => void server?.close());

async function listening(answer: RequestListener): Promise<string> {
  const made = createServer(answer);
  server = made;
  await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
  const address = made.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/hook`;
}

describe("a call", () => {
  it("follows no redirect", async () => {
    const paths: string[] = [];
    const url = await listening((request, response) => {
      paths.push(request.url ?? "");
      response.writeHead(307, { location: "/elsewhere" }).end("moved");
    });
    expect(await callEndpoint(url, {}, "{}", true)).toEqual({ status: 307, retryAfterMs: null, excerpt: "moved" });
    expect(paths).toEqual(["/hook"]);
  });

  it("reads no more of an answer than a little, however much comes", async () => {
    let sent = 0;
    let hungUp = false;
    const url = await listening((request, response) => {
      const drip = setInterval(() => {
        sent += 10_000;
        response.write("x".repeat(10_000));
      }, 1);
      response.on("close", () => {
        hungUp = true;
        clearInterval(drip);
      });
      request.resume();
    });
    const outcome = await callEndpoint(url, {}, "{}", true);
    expect(outcome).toEqual({ status: 200, retryAfterMs: null, excerpt: "x".repeat(500) });
    for (let waited = 0; !hungUp && waited < 100; waited += 1) await new Promise((done) => setTimeout(done, 20));
    expect(hungUp).toBe(true);
    expect(sent).toBeLessThan(5_000_000);
  });

  it("to an address that is not allowed is not made at all, and says why", async () => {
    let asked = 0;
    const url = await listening((_, response) => {
      asked += 1;
      response.end();
    });
    expect(await callEndpoint(url, {}, "{}", false)).toEqual({ error: "address not allowed: https only" });
    expect(asked).toBe(0);
  });

  it("to where nobody listens is an outcome, not a throw", async () => {
    expect(await callEndpoint("http://127.0.0.1:9/", {}, "{}", true)).toEqual({ error: expect.any(String) });
  });

  it("hears a status though the body breaks off", async () => {
    const url = await listening((_, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half");
      setTimeout(() => response.destroy(), 50);
    });
    expect(await callEndpoint(url, {}, "{}", true)).toMatchObject({ status: 200 });
  });
});

it("Retry-After is seconds or a date, and nothing else", () => {
  const now = Date.UTC(2026, 10, 14, 18);
  const date = new Date(now + 90_000).toUTCString();
  const cases = { 120: 120_000, 0: 0, [date]: 90_000, soon: null, "-5": null, "1e9": null, "99999999999": null };
  for (const [header, ms] of Object.entries(cases)) expect([header, retryAfter(header, now)]).toEqual([header, ms]);
  expect([retryAfter(null, now), retryAfter("Thu, 01 Jan 1970 00:00:00 GMT", now)]).toEqual([null, 0]);
});
