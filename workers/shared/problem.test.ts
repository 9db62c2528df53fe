import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { describe, expect, it, vi } from "vitest";
import { refuse } from "../../contracts/problem.ts";
import { notFoundProblem, onProblem, problemAnswers, problemResponse, refuseInvalid } from "./problem.ts";
import { routePattern } from "./route-pattern.ts";

const app = new OpenAPIHono({ defaultHook: refuseInvalid });
const route = createRoute({
  method: "put",
  path: "/v1/venues/{venue}/menu",
  request: {
    params: z.object({ venue: z.string().regex(/^[a-z]+$/) }),
    query: z.strictObject({ dry: z.enum(["yes", "no"]).optional() }),
    body: {
      required: true,
      content: {
        "application/json": { schema: z.strictObject({ items: z.array(z.strictObject({ "a/b": z.int() })) }) },
      },
    },
  },
  responses: {
    200: { description: "Done", content: { "application/json": { schema: z.object({}) } } },
    ...problemAnswers,
  },
});
app.openapi(route, (c) => c.json({}, 200));
app.get("/v1/venues/:venue/menu", (c) => c.json({}));
app.get("/broken", () => {
  throw new Error("select * from secrets");
});
app.get("/broken-query", () => {
  throw new Error("Failed query: insert … params: Ada,+351 900 000 000", { cause: new Error("D1 is away") });
});
app.get("/refused", (c) => problemResponse(refuse("unauthenticated", "Who are you?"), c.req.raw));
app.use("*", async (_c, next) => next());
app.onError(onProblem);
app.notFound(notFoundProblem(app));

async function ask(method: string, path: string, body?: string, mediaType = "application/json") {
  const init = body === undefined ? { method } : { method, body, headers: { "content-type": mediaType } };
  const response = await app.request(path, init);
  const problem: unknown = await response.json();
  return { status: response.status, type: response.headers.get("content-type"), headers: response.headers, problem };
}

describe("a problem", () => {
  it("is problem+json with its slug, status and path, never cached", async () => {
    const { status, type, headers, problem } = await ask("GET", "/refused?token=x");
    expect(type).toBe("application/problem+json");
    expect(headers.get("www-authenticate")).toBe("Bearer");
    expect(headers.get("cache-control")).toBe("no-store");
    expect({ status, problem }).toEqual({
      status: 401,
      problem: {
        type: "https://comanda.dev/problems/unauthenticated",
        title: "An access token is required",
        status: 401,
        detail: "Who are you?",
        instance: "/refused",
      },
    });
  });

  it("of a fault of ours tells nothing of it", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { status, problem } = await ask("GET", "/broken");
    expect(log).toHaveBeenCalledOnce();
    log.mockRestore();
    expect(status).toBe(500);
    expect(JSON.stringify(problem)).not.toContain("secrets");
  });

  it("of a failed query logs the cause, and not the query with what it was about", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    expect((await ask("GET", "/broken-query")).status).toBe(500);
    const logged = String(log.mock.calls);
    log.mockRestore();
    expect(logged).toContain("D1 is away");
    expect(logged).not.toContain("Ada");
  });

  it("is 405 with Allow on a known path, and 404 on any other", async () => {
    const known = await ask("DELETE", "/v1/venues/demo/menu");
    expect(known).toMatchObject({ status: 405, type: "application/problem+json" });
    expect(known.headers.get("allow")).toBe("GET, HEAD, PUT");
    expect(await ask("GET", "/v1/venues/demo/menus")).toMatchObject({ status: 404, type: "application/problem+json" });
  });

  it("points at each faulty value of a body, also at unknown fields", async () => {
    const body = JSON.stringify({ items: [{ "a/b": "1" }, { "a/b": 1, price: 5 }], __proto__: null, total: 1 });
    const { status, problem } = await ask("PUT", "/v1/venues/demo/menu", body);
    expect(status).toBe(422);
    const { errors } = z.object({ errors: z.array(z.object({ pointer: z.string() })) }).parse(problem);
    expect(errors.map(({ pointer }) => pointer)).toEqual(["/items/0/a~1b", "/items/1/price", "/total"]);
  });

  it("tells malformed JSON, a wrong media type, a wrong query and an impossible path apart", async () => {
    expect(await ask("PUT", "/v1/venues/demo/menu", "{")).toMatchObject({ status: 400 });
    expect(await ask("PUT", "/v1/venues/demo/menu", "<a/>", "text/xml")).toMatchObject({ status: 415 });
    expect(await ask("PUT", "/v1/venues/demo/menu?dry=maybe", "{}")).toMatchObject({ status: 422 });
    expect(await ask("PUT", "/v1/venues/DEMO/menu", "{}")).toMatchObject({ status: 404 });
  });
});

describe("a route's pattern", () => {
  it("matches the paths the route matches", () => {
    expect(routePattern("/v1/orders/:id").test("/v1/orders/ord_1")).toBe(true);
    expect(routePattern("/v1/orders/:id").test("/v1/orders/ord_1/lines")).toBe(false);
    expect(routePattern("/v1/orders/:id{ord_[0-9]+}").test("/v1/orders/ord_x")).toBe(false);
    expect(routePattern("/.well-known/jwks.json").test("/-well-known/jwks.json")).toBe(false);
    expect(routePattern("/v1/*").test("/v1/any/thing")).toBe(true);
  });
});
