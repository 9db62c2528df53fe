import { createHash } from "node:crypto";
import { decodeProtectedHeader } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator, startInstallation, type Installation } from "./fixture/installation.ts";
import { adminOf, createClient, createTenant, guestOf, openVenues, tokenOf } from "./fixture/people.ts";
import { text } from "./fixture/reading.ts";

let installation: Installation;
let admin: string;

beforeAll(async () => {
  installation = await startInstallation();
}, 60_000);
afterAll(async () => installation.stop());

const path = "/v1/oauth/token";
const refreshed = async (refresh: string, key?: string) =>
  installation.one(path, { form: { grant_type: "refresh_token", refresh_token: refresh }, ...(key ? { key } : {}) });

describe("the first key", () => {
  it("is the same for two isolates that need it at the same moment, and only its public part is shown", async () => {
    const { one, other } = installation;
    const [left, right] = await Promise.all([one("/.well-known/jwks.json"), other("/.well-known/jwks.json")]);
    expect(left).toMatchObject({ status: 200, body: { keys: [{ alg: "ES256", crv: "P-256", use: "sig" }] } });
    expect(right.body).toEqual(left.body);
    expect(left.raw).not.toContain('"d"');
    admin = await adminOf(one, "demo");
    await openVenues(installation, "demo", "demo-1");
  });
});

describe("a guest", () => {
  it("gets a customer's token by form or JSON, good in every isolate", async () => {
    const { one, other } = installation;
    const asked = { grant_type: "anonymous", tenant: "demo" };
    for (const call of [{ form: asked }, { json: asked }]) {
      const answer = await one(path, call);
      expect(answer).toMatchObject({ status: 200, body: { token_type: "Bearer", expires_in: 600, role: "customer" } });
      expect(answer.headers.get("cache-control")).toBe("no-store");
      const me = await other("/whoami", { bearer: text(answer, "access_token") });
      expect(me.body).toMatchObject({
        tenant: "demo",
        role: "customer",
        subject: answer.body["subject"],
        venues: null,
      });
    }
  });

  it("is nobody's guest where there is no such tenant", async () => {
    const answer = await installation.one(path, { form: { grant_type: "anonymous", tenant: "nobody" } });
    expect(answer).toMatchObject({ status: 400, body: { error: "invalid_request" } });
  });
});

describe("a client", () => {
  it("gets a token by HTTP Basic or by the body, and no refresh token", async () => {
    const { one } = installation;
    const staff = await createClient(one, admin, { role: "staff", venues: ["demo-1"] });
    const body = { grant_type: "client_credentials", client_id: staff.id, client_secret: staff.secret };
    for (const call of [{ form: { grant_type: "client_credentials" }, basic: staff }, { form: body }, { json: body }]) {
      const answer = await one(path, call);
      expect(answer).toMatchObject({ status: 200, body: { tenant: "demo", role: "staff", venues: ["demo-1"] } });
      expect(answer.body).not.toHaveProperty("refresh_token");
    }
  });

  it("is told from one with a wrong secret, in the words of OAuth and of problem details", async () => {
    const { one } = installation;
    const { id } = await createClient(one, admin, { role: "service" });
    const answer = await one(path, { form: { grant_type: "client_credentials" }, basic: { id, secret: "guess" } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.headers.get("www-authenticate")).toContain("Basic");
    expect(answer.body).toMatchObject({
      type: "https://comanda.dev/problems/invalid-client",
      status: 401,
      error: "invalid_client",
      error_description: answer.body["detail"],
    });
    const twice = { grant_type: "client_credentials", client_id: id, client_secret: "guess" };
    expect(await one(path, { form: twice, basic: { id, secret: "guess" } })).toMatchObject({ status: 400 });
  });

  it("that is given a new secret gets in with both for as long as was said, and then with the new one alone", async () => {
    const { one, database } = installation;
    const till = await createClient(one, admin, { role: "service" });
    const status = async (secret: string) =>
      (await one(path, { form: { grant_type: "client_credentials" }, basic: { id: till.id, secret } })).status;
    const rotate = (overlap: string, key: string) =>
      one(`/v1/clients/${till.id}/secret`, { json: { overlap }, bearer: admin, key });
    const turned = await rotate("PT1H", "rotation-1");
    expect(turned).toMatchObject({ status: 200, body: { id: till.id, formerUntil: expect.any(String) } });
    const second = text(turned, "secret");
    expect([await status(till.secret), await status(second)]).toEqual([200, 200]);
    // As after a crash before the answer was kept: the same request meets the secret it made.
    await database.prepare("delete from idempotency").run();
    expect(text(await rotate("PT1H", "rotation-1"), "secret")).toBe(second);
    expect(await status(till.secret)).toBe(200);
    await database.prepare("update clients set former_until = 1 where id = ?").bind(till.id).run();
    expect([await status(till.secret), await status(second)]).toEqual([401, 200]);
    const third = text(await rotate("PT0S", "rotation-2"), "secret");
    expect([await status(second), await status(third)]).toEqual([401, 200]);
    const listed = await one("/v1/clients", { bearer: admin });
    expect([second, third].filter((secret) => listed.raw.includes(secret))).toEqual([]);
    expect(await one("/v1/clients/none/secret", { json: {}, bearer: admin, key: "rotation-3" })).toMatchObject({
      status: 404,
    });
  });

  it("that is deleted gets nothing more, and its access token ends", async () => {
    const { one } = installation;
    const client = await createClient(one, admin, { role: "service" });
    const bearer = await tokenOf(one, client);
    expect(await one("/whoami", { bearer })).toMatchObject({ status: 200 });
    expect(await one(`/v1/clients/${client.id}`, { method: "DELETE", bearer: admin })).toMatchObject({ status: 204 });
    expect(await one("/whoami", { bearer })).toMatchObject({ status: 401 });
    const again = await one(path, { form: { grant_type: "client_credentials" }, basic: client });
    expect(again).toMatchObject({ status: 401 });
  });
});

describe("a refresh token", () => {
  it("is answered by the next one, for the same subject", async () => {
    const first = await installation.one(path, { form: { grant_type: "anonymous", tenant: "demo" } });
    const second = await refreshed(text(first, "refresh_token"));
    const third = await refreshed(text(second, "refresh_token"));
    expect(third).toMatchObject({ status: 200, body: { subject: first.body["subject"], role: "customer" } });
  });

  it("used twice ends the session, also for who holds the newest token and for access tokens", async () => {
    const { one } = installation;
    const { refresh, access } = await guestOf(one, "demo");
    const next = text(await refreshed(refresh), "refresh_token");
    expect(await refreshed(refresh)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
    expect(await refreshed(next)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
    expect(await one("/whoami", { bearer: access })).toMatchObject({ status: 401 });
  });

  it("whose answer was lost is answered once more under its key, until the next is used", async () => {
    const { refresh } = await guestOf(installation.one, "demo");
    const first = text(await refreshed(refresh, "kept-with-the-token"), "refresh_token");
    expect(text(await refreshed(refresh, "kept-with-the-token"), "refresh_token")).toBe(first);
    const second = text(await refreshed(first, "the-next-key"), "refresh_token");
    expect(await refreshed(refresh, "kept-with-the-token")).toMatchObject({ status: 400 });
    expect(await refreshed(second)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });

  it("used twice under another key, or under none, ends the session", async () => {
    for (const keys of [["mine", "a thief's"], ["mine"], [undefined, "a thief's"]]) {
      const { refresh } = await guestOf(installation.one, "demo");
      const next = text(await refreshed(refresh, keys[0]), "refresh_token");
      expect(await refreshed(refresh, keys[1])).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
      expect(await refreshed(next, "mine")).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
    }
  });

  it("sent by two isolates at once is won by exactly one", async () => {
    const { one, other } = installation;
    for (let round = 0; round < 5; round += 1) {
      const { refresh } = await guestOf(one, "demo");
      const call = { form: { grant_type: "refresh_token", refresh_token: refresh } };
      const answers = await Promise.all([one(path, call), other(path, call), one(path, call), other(path, call)]);
      expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 400, 400, 400]);
    }
  });

  it("made up from the session's id ends nothing", async () => {
    const { refresh } = await guestOf(installation.one, "demo");
    const [session, turn] = refresh.split(".");
    for (const forged of [
      `${session}.${turn}.${"A".repeat(43)}`,
      `${session}.1.${refresh.split(".")[2]}`,
      "' or 1=1 --",
    ]) {
      expect(await refreshed(forged)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
    }
    expect(await refreshed(refresh)).toMatchObject({ status: 200 });
  });

  it("is good no more when it has expired", async () => {
    const { database, one } = installation;
    const { refresh } = await guestOf(one, "demo");
    await database.prepare("update sessions set expires_at = 1 where id = ?").bind(refresh.split(".")[0]).run();
    expect(await refreshed(refresh)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });
});

describe("revocation", () => {
  const revoke = async (form: Record<string, string>) => installation.one("/v1/oauth/revoke", { form });

  it("of an access token ends that token only", async () => {
    const { one } = installation;
    const { access, refresh } = await guestOf(one, "demo");
    expect(await revoke({ token: access, token_type_hint: "access_token" })).toMatchObject({ status: 200, raw: "" });
    expect(await one("/whoami", { bearer: access })).toMatchObject({ status: 401 });
    expect(await refreshed(refresh)).toMatchObject({ status: 200 });
  });

  it("of a refresh token ends the session with all its tokens", async () => {
    const { one } = installation;
    const { access, refresh } = await guestOf(one, "demo");
    expect(await revoke({ token: refresh })).toMatchObject({ status: 200 });
    expect(await one("/whoami", { bearer: access })).toMatchObject({ status: 401 });
    expect(await refreshed(refresh)).toMatchObject({ status: 400 });
  });

  it("of nonsense is no error, of nothing is one", async () => {
    expect(await revoke({ token: "nonsense" })).toMatchObject({ status: 200 });
    expect(await revoke({})).toMatchObject({ status: 400, body: { error: "invalid_request" } });
  });
});

describe("rotation of keys", () => {
  it("signs anew, leaves former tokens valid everywhere, and forgets a key when its last token has expired", async () => {
    const { one, other, database } = installation;
    const { access: former } = await guestOf(one, "demo");
    const answer = await one("/v1/oauth/keys/rotate", { method: "POST", basic: operator });
    const { access: latter } = await guestOf(one, "demo");
    expect(decodeProtectedHeader(latter).kid).toBe(text(answer, "kid"));
    expect(decodeProtectedHeader(former).kid).not.toBe(text(answer, "kid"));
    for (const bearer of [former, latter]) {
      expect(await one("/whoami", { bearer })).toMatchObject({ status: 200 });
    }
    expect((await other("/.well-known/jwks.json")).body["keys"]).toHaveLength(2);
    await database.prepare("update signing_keys set created_at = created_at - 901000").run();
    expect((await one("/.well-known/jwks.json")).body["keys"]).toMatchObject([{ kid: text(answer, "kid") }]);
    await database.prepare("update signing_keys set created_at = created_at - 2600000000").run();
    await one("/upkeep", { method: "POST" });
    const rows = await database.prepare("select kid from signing_keys").all();
    expect(rows.results).toHaveLength(2);
    expect(rows.results).toContainEqual({ kid: text(answer, "kid") });
  });

  it("is the operator's alone", async () => {
    const { one } = installation;
    const rotate = "/v1/oauth/keys/rotate";
    expect(await one(rotate, { method: "POST", bearer: admin })).toMatchObject({ status: 401 });
    expect(await one(rotate, { method: "POST", basic: { ...operator, secret: "" } })).toMatchObject({ status: 401 });
  });

  it("keeps no private key and no secret readable in the database", async () => {
    const { one, database } = installation;
    const client = await createClient(one, admin, { role: "service" });
    const keys = JSON.stringify((await database.prepare("select * from signing_keys").all()).results);
    expect(keys).not.toContain(String.raw`\"d\"`);
    const rows = await database.batch([
      database.prepare("select * from clients"),
      database.prepare("select * from idempotency"),
    ]);
    expect(JSON.stringify(rows)).not.toContain(client.secret);
    expect(JSON.stringify(rows)).toContain(createHash("sha256").update(client.secret).digest("hex"));
  });
});

describe("a malformed request", () => {
  it("is refused in OAuth's words", async () => {
    const { one } = installation;
    const malformed: Record<string, string>[] = [
      {},
      { grant_type: "password" },
      { grant_type: "anonymous" },
      { grant_type: "refresh_token" },
      { grant_type: "urn:ietf:params:oauth:grant-type:device_code", device_code: "' or 1=1 --" },
      { grant_type: "anonymous", tenant: "'; drop table tenants; --" },
    ];
    for (const form of malformed) {
      expect({ form, answer: await one(path, { form }) }).toMatchObject({ answer: { status: 400 } });
    }
    expect(
      await one(path, { form: { grant_type: "client_credentials", client_id: "' or 1=1 --", client_secret: "x" } }),
    ).toMatchObject({ status: 401, body: { error: "invalid_client" } });
    for (const json of [[], null, 5, { grant_type: 5 }, { grant_type: ["anonymous"] }]) {
      expect(await one(path, { json })).toMatchObject({ status: 400, body: { error: "invalid_request" } });
    }
    const twice = { raw: "grant_type=anonymous&tenant=demo&tenant=other" };
    expect(
      await one(path, { ...twice, headers: { "content-type": "application/x-www-form-urlencoded" } }),
    ).toMatchObject({ status: 400, body: { error: "invalid_request" } });
  });

  it("is refused by size, media type and method, as problem details", async () => {
    const { one } = installation;
    const form = { grant_type: "anonymous", tenant: "x".repeat(1_000_000) };
    for (const [answer, status] of [
      [await one(path, { form }), 413],
      [await one(path, { raw: "<a/>", headers: { "content-type": "text/xml" } }), 415],
      [await one(path), 405],
      [await one("/v1/oauth/device_authorization"), 405],
      [await one("/v1/oauth/nothing"), 404],
      [await one("/broken"), 500],
    ] as const) {
      expect(answer).toMatchObject({ status, body: { status } });
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      expect(answer.raw).not.toContain("a secret of the stack");
    }
  });
});

it("tells nobody of another tenant's clients", async () => {
  const { one } = installation;
  const stranger = await tokenOf(one, await createTenant(one, "stranger"));
  const client = await createClient(one, admin, { role: "service" });
  expect((await one("/v1/clients", { bearer: stranger })).raw).not.toContain(client.id);
  const gone = await one(`/v1/clients/${client.id}`, { method: "DELETE", bearer: stranger });
  expect(gone).toMatchObject({ status: 404 });
  expect(await one(path, { form: { grant_type: "client_credentials" }, basic: client })).toMatchObject({ status: 200 });
});

it("gives no tenant the name of one of our own pages", async () => {
  for (const id of ["kitchen", "driver", "admin", "assets", "healthz", "404"]) {
    const answer = await installation.one("/v1/tenants", {
      json: { id, name: "A" },
      basic: operator,
      key: `own-${id}`,
    });
    expect(answer, id).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: "/id", detail: expect.stringContaining(id) }] },
    });
  }
});

it("documents every route in the OpenAPI document", async () => {
  const { body } = await installation.one("/openapi.json");
  expect(Object.keys(body["paths"] ?? {}).sort()).toEqual([
    "/.well-known/jwks.json",
    "/v1/clients",
    "/v1/clients/{id}",
    "/v1/clients/{id}/secret",
    "/v1/devices",
    "/v1/devices/approve",
    "/v1/devices/deny",
    "/v1/devices/{id}",
    "/v1/oauth/device_authorization",
    "/v1/oauth/keys/rotate",
    "/v1/oauth/revoke",
    "/v1/oauth/token",
    "/v1/tenants",
    "/v1/tenants/{tenant}/clients",
  ]);
});
