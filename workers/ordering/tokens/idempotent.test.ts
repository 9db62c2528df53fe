import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator, startInstallation, type Installation } from "./fixture/installation.ts";
import { adminOf, createClient, openVenues, tokenOf } from "./fixture/people.ts";

let installation: Installation;
let admin: string;

beforeAll(async () => {
  installation = await startInstallation();
  admin = await adminOf(installation.one, "demo");
  await openVenues(installation, "demo", "demo-1", "demo-2");
}, 60_000);
afterAll(async () => installation.stop());

const post = async (key: string | undefined, json: object, bearer = admin) =>
  installation.one("/v1/clients", { json: { name: "Till", role: "service", ...json }, bearer, ...(key && { key }) });
const clientCount = async () => installation.database.prepare("select count(*) n from clients").first<number>("n");

describe("a repeated request", () => {
  it("is done once and answered the same, also the secret that is shown once", async () => {
    const key = randomUUID();
    const first = await post(key, {});
    const before = await clientCount();
    const again = await post(`"${key}"`, {});
    expect(first.headers.get("idempotent-replayed")).toBeNull();
    expect(again).toMatchObject({ status: 201, raw: first.raw });
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(await clientCount()).toBe(before);
  });

  it("sent many times at once is done once", async () => {
    const key = randomUUID();
    const before = (await clientCount()) ?? 0;
    const answers = await Promise.all(Array.from({ length: 8 }, async () => post(key, {})));
    expect(await clientCount()).toBe(before + 1);
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(new Set(answers.filter(({ status }) => status === 201).map(({ raw }) => raw)).size).toBe(1);
  });

  it("with other content is refused, by another subject it is another request", async () => {
    const key = randomUUID();
    const first = await post(key, {});
    expect(await post(key, { name: "Another till" })).toMatchObject({ status: 422 });
    const colleague = await tokenOf(installation.one, await createClient(installation.one, admin, { role: "admin" }));
    const theirs = await post(key, {}, colleague);
    expect(theirs.status).toBe(201);
    expect(theirs.raw).not.toBe(first.raw);
  });

  it("may be mended after it was refused", async () => {
    const key = randomUUID();
    expect(await post(key, { role: "operator" })).toMatchObject({ status: 422 });
    expect(await post(key, {})).toMatchObject({ status: 201 });
  });

  it("is worked on anew when whoever worked on it died a minute ago", async () => {
    const key = randomUUID();
    await post(key, {});
    const { database } = installation;
    await database.prepare("update idempotency set status = null, sealed_answer = null where key = ?").bind(key).run();
    expect(await post(key, {})).toMatchObject({ status: 409 });
    await database.prepare("update idempotency set expires_at = 1 where key = ?").bind(key).run();
    expect(await post(key, {})).toMatchObject({ status: 201 });
  });

  it("meets the client it made, though whoever made it died before keeping the answer", async () => {
    const { database } = installation;
    const key = randomUUID();
    const first = await post(key, {});
    const before = await clientCount();
    await database.prepare("update idempotency set status = null, expires_at = 1 where key = ?").bind(key).run();
    expect(await post(key, {})).toMatchObject({ status: 201, raw: first.raw });
    expect(await clientCount()).toBe(before);

    const forget = database.prepare("delete from idempotency where key = ?").bind(key);
    await forget.run();
    expect(await post(key, { name: "Another till" })).toMatchObject({ status: 422 });
    await database.prepare("update clients set created_at = 1 where id = ?").bind(first.body["id"]).run();
    expect(await post(key, {})).toMatchObject({ status: 422 });
    expect(await clientCount()).toBe(before);
  });

  it("carries a key", async () => {
    expect(await post(undefined, {})).toMatchObject({ status: 400 });
    expect(await post("k".repeat(256), {})).toMatchObject({ status: 400 });
  });
});

describe("a tenant", () => {
  const create = async (json: unknown, key = randomUUID()) =>
    installation.one("/v1/tenants", { json, basic: operator, key });

  it("is created once, with an admin client", async () => {
    const key = randomUUID();
    const first = await create({ id: "chain", name: "A chain" }, key);
    expect(first).toMatchObject({ status: 201, body: { id: "chain", admin: { role: "admin", venues: null } } });
    expect(await create({ id: "chain", name: "A chain" }, key)).toMatchObject({ status: 201, raw: first.raw });
    const before = await clientCount();
    expect(await create({ id: "chain", name: "A chain" })).toMatchObject({ status: 409 });
    expect(await clientCount()).toBe(before);

    const { database } = installation;
    await database.prepare("delete from idempotency where key = ?").bind(key).run();
    expect(await create({ id: "chain", name: "A chain" }, key)).toMatchObject({ status: 201, raw: first.raw });
    expect(await clientCount()).toBe(before);
  });

  it("is the operator's to create, and so are clients of any tenant", async () => {
    const { one } = installation;
    const json = { name: "Till", role: "service" };
    const call = { json, key: randomUUID() };
    expect(await one("/v1/tenants/demo/clients", { ...call, bearer: admin })).toMatchObject({ status: 401 });
    expect(await one("/v1/tenants/nobody/clients", { ...call, basic: operator })).toMatchObject({ status: 404 });
    expect(await one("/v1/tenants/demo/clients", { ...call, basic: operator })).toMatchObject({ status: 201 });
  });

  it("takes a slug and a name, and nothing else", async () => {
    for (const json of [
      { id: "Chain", name: "x" },
      { id: "'; drop table tenants; --", name: "x" },
      { id: "chain-2", name: "" },
      { id: "chain-2", name: "x".repeat(121) },
      { id: "chain-2", name: "x", settings: {} },
      { id: "chain-2" },
      [],
      null,
    ]) {
      expect({ json, answer: await create(json) }).toMatchObject({ answer: { status: 422 } });
    }
    const sql = await create({ id: "chain-3", name: "Robert'); drop table tenants; --" });
    expect(sql).toMatchObject({ status: 201, body: { name: "Robert'); drop table tenants; --" } });
  });
});

describe("a client's roles", () => {
  it("are an admin's to give, to no more venues than the admin reaches", async () => {
    const { one } = installation;
    const branch = await tokenOf(one, await createClient(one, admin, { role: "admin", venues: ["demo-1"] }));
    const of = async (json: object, bearer: string) => post(randomUUID(), json, bearer);
    expect(await of({ role: "staff", venues: ["demo-1"] }, branch)).toMatchObject({ status: 201 });
    expect(await of({ role: "staff", venues: ["demo-2"] }, branch)).toMatchObject({ status: 403 });
    expect(await of({ role: "staff" }, branch)).toMatchObject({ status: 403 });
    await adminOf(one, "neighbours");
    await openVenues(installation, "neighbours", "next-door");
    for (const venue of ["nowhere", "next-door"]) {
      const refused = { status: 422, body: { errors: [{ pointer: "/venues/1" }] } };
      const json = { name: "Till", role: "staff", venues: ["demo-1", venue] };
      expect(await of(json, admin)).toMatchObject(refused);
      const asOperator = { json, basic: operator, key: randomUUID() };
      expect(await one("/v1/tenants/demo/clients", asOperator)).toMatchObject(refused);
    }
    expect(await of({ role: "staff", driver: "ada" }, admin)).toMatchObject({ status: 422 });
    expect(await of({ role: "driver", driver: "ada" }, admin)).toMatchObject({ status: 201, body: { subject: "ada" } });
    const staff = await tokenOf(one, await createClient(one, admin, { role: "staff" }));
    expect(await of({}, staff)).toMatchObject({ status: 403 });
    expect(await one("/v1/clients", { bearer: staff })).toMatchObject({ status: 403 });
    expect(await one("/v1/clients")).toMatchObject({ status: 401 });
  });

  it("are refused with a megabyte, another media type or broken JSON", async () => {
    const { one } = installation;
    const call = { bearer: admin, key: randomUUID() };
    expect(await post(randomUUID(), { name: "x".repeat(1_000_000) })).toMatchObject({ status: 413 });
    expect(
      await one("/v1/clients", { ...call, raw: "{", headers: { "content-type": "application/json" } }),
    ).toMatchObject({ status: 400 });
    expect(await one("/v1/clients", { ...call, form: { name: "x" } })).toMatchObject({ status: 415 });
  });
});
