import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startInstallation, type Installation } from "./fixture/installation.ts";
import { adminOf, createClient, openVenues, tokenOf } from "./fixture/people.ts";
import { text } from "./fixture/reading.ts";

let installation: Installation;
let admin: string;

beforeAll(async () => {
  installation = await startInstallation();
  admin = await adminOf(installation.one, "demo");
  await openVenues(installation, "demo", "demo-1", "demo-2", "list-1", "list-2");
}, 60_000);
afterAll(async () => installation.stop());

async function asked(kind: "tablet" | "driver", tenant = "demo") {
  const answer = await installation.one("/v1/oauth/device_authorization", { form: { tenant, kind } });
  return { answer, device: text(answer, "device_code"), user: text(answer, "user_code") };
}
const poll = async (device: string, call = installation.one) =>
  call("/v1/oauth/token", {
    form: { grant_type: "urn:ietf:params:oauth:grant-type:device_code", device_code: device },
  });
const approve = async (bearer: string, json: object) =>
  installation.one("/v1/devices/approve", { json: { name: "Pass", ...json }, bearer, key: randomUUID() });
const staffOf = async (venues: string[]) =>
  tokenOf(installation.one, await createClient(installation.one, admin, { role: "staff", venues }));

describe("a tablet", () => {
  it("is shown a code, waits, and gets tokens of its own once it is let in, exactly once", async () => {
    const { one, other } = installation;
    const { answer, device, user } = await asked("tablet");
    expect(user).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
    expect(answer.body).toMatchObject({ expires_in: 600, interval: 5 });
    expect(text(answer, "verification_uri_complete")).toContain(`?user_code=${user}`);
    expect(await poll(device)).toMatchObject({ status: 400, body: { error: "authorization_pending" } });
    expect(await poll(device)).toMatchObject({ status: 400, body: { error: "slow_down" } });

    const approval = { user_code: user.toLowerCase(), venues: ["demo-1"], station: "grill" };
    const approved = await approve(admin, approval);
    expect(approved).toMatchObject({ status: 201, body: { kind: "tablet", station: "grill", venues: ["demo-1"] } });

    const polls = await Promise.all([poll(device), poll(device, other), poll(device), poll(device, other)]);
    const [token, ...more] = polls.filter(({ status }) => status === 200);
    if (token === undefined) throw new Error("nobody won");
    expect(more).toEqual([]);
    expect(token.body).toMatchObject({ role: "staff", venues: ["demo-1"], subject: approved.body["id"] });
    const again = { grant_type: "refresh_token", refresh_token: text(token, "refresh_token") };
    expect(await one("/v1/oauth/token", { form: again })).toMatchObject({ status: 200, body: { venues: ["demo-1"] } });
    expect(await poll(device)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
    expect(await approve(admin, approval)).toMatchObject({ status: 409 });
  });

  it("is refused by who is in charge", async () => {
    const { device, user } = await asked("tablet");
    const deny = { json: { user_code: user }, bearer: admin, key: randomUUID() };
    expect(await installation.one("/v1/devices/deny", deny)).toMatchObject({ status: 204 });
    expect(await poll(device)).toMatchObject({ status: 400, body: { error: "access_denied" } });
    expect(await approve(admin, { user_code: user, venues: ["demo-1"] })).toMatchObject({ status: 409 });
  });

  it("comes too late after ten minutes", async () => {
    const { device, user } = await asked("tablet");
    await installation.database
      .prepare("update device_requests set expires_at = 1 where user_code = ?")
      .bind(user)
      .run();
    expect(await poll(device)).toMatchObject({ status: 400, body: { error: "expired_token" } });
    expect(await approve(admin, { user_code: user, venues: ["demo-1"] })).toMatchObject({ status: 404 });
  });

  it("is let in by staff at their own venues only", async () => {
    const staff = await staffOf(["demo-1"]);
    const { user } = await asked("tablet");
    expect(await approve(staff, { user_code: user, venues: ["demo-1", "demo-2"] })).toMatchObject({
      status: 403,
      body: { errors: [{ pointer: "/venues/1" }] },
    });
    expect(await approve(staff, { user_code: user, venues: ["demo-1"] })).toMatchObject({ status: 201 });
  });

  it("is let in at venues of its tenant only", async () => {
    await openVenues(installation, "elsewhere", "next-door");
    const { user } = await asked("tablet");
    for (const venue of ["nowhere", "next-door"]) {
      expect(await approve(admin, { user_code: user, venues: ["demo-1", venue] })).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: "/venues/1" }] },
      });
    }
    expect(await approve(admin, { user_code: user, venues: ["demo-1"] })).toMatchObject({ status: 201 });
  });

  it("takes venues, and no driver", async () => {
    const { user } = await asked("tablet");
    for (const json of [
      {},
      { venues: [] },
      { venues: null },
      { venues: ["demo-1"], driver: "ada" },
      { venues: ["' or 1=1 --"] },
      { venues: ["demo-1"], role: "admin" },
      { venues: ["demo-1"], name: "\u0000" },
    ]) {
      const answer = await approve(admin, { user_code: user, ...json });
      expect({ json, answer }).toMatchObject({ answer: { status: 422 } });
    }
  });
});

describe("a driver's phone", () => {
  it("speaks for the driver, and an admin lets it in", async () => {
    const { device, user } = await asked("driver");
    expect(await approve(await staffOf(["demo-1"]), { user_code: user })).toMatchObject({ status: 403 });
    expect(await approve(admin, { user_code: user, driver: "ada" })).toMatchObject({ status: 201 });
    expect(await poll(device)).toMatchObject({ status: 200, body: { role: "driver", subject: "ada", venues: null } });
  });
});

describe("a user code", () => {
  it("of another tenant is unknown, and stays open for its own", async () => {
    const stranger = await adminOf(installation.one, "stranger");
    const { user } = await asked("tablet");
    expect(await approve(stranger, { user_code: user, venues: ["demo-1"] })).toMatchObject({ status: 404 });
    expect(await approve(admin, { user_code: user, venues: ["demo-1"] })).toMatchObject({ status: 201 });
  });

  it("cannot be guessed through: ten wrong ones, then a pause", async () => {
    const guesser = await staffOf(["demo-1"]);
    const { user } = await asked("tablet");
    const guess = async (code: string) => (await approve(guesser, { user_code: code, venues: ["demo-1"] })).status;
    const statuses = await Promise.all(Array.from({ length: 14 }, async () => guess("BBBB-BBBB")));
    expect(statuses.filter((status) => status === 404)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(4);
    expect(await guess(user)).toBe(429);
  });

  it("of one's own, between wrong ones, does not make room for more of them", async () => {
    const guesser = await staffOf(["demo-1"]);
    const guess = async (code: string, venues = ["demo-1"]) =>
      (await approve(guesser, { user_code: code, venues })).status;
    const own = (await asked("tablet")).user;
    for (let wrong = 0; wrong < 9; wrong += 1) expect(await guess("BBBB-BBBB")).toBe(404);
    expect(await guess(own, ["demo-2"])).toBe(403);
    expect(await guess(own)).toBe(201);
    expect(await guess("BBBB-BBBB")).toBe(404);
    expect(await guess("BBBB-BBBB")).toBe(429);
  });
});

describe("the list of devices", () => {
  it("shows admins all, staff the tablets of their venues, others nothing", async () => {
    const { one } = installation;
    const here = await asked("tablet");
    const there = await asked("tablet");
    const phone = await asked("driver");
    const hereId = text(await approve(admin, { user_code: here.user, venues: ["list-1"] }), "id");
    const thereId = text(await approve(admin, { user_code: there.user, venues: ["list-1", "list-2"] }), "id");
    const phoneId = text(await approve(admin, { user_code: phone.user }), "id");
    const staff = await staffOf(["list-1"]);
    const all = (await one("/v1/devices?limit=100", { bearer: admin })).raw;
    const some = (await one("/v1/devices", { bearer: staff })).raw;
    for (const id of [hereId, thereId, phoneId]) expect(all).toContain(id);
    expect(some).toContain(hereId);
    for (const id of [thereId, phoneId]) expect(some).not.toContain(id);
    const driver = text(await poll(phone.device), "access_token");
    expect(await one("/v1/devices", { bearer: driver })).toMatchObject({ status: 403 });
    for (const bearer of [staff, await adminOf(one, "elsewhere")]) {
      expect(await one(`/v1/devices/${thereId}`, { method: "DELETE", bearer })).toMatchObject({ status: 404 });
    }
    expect(await one(`/v1/devices/${hereId}`, { method: "DELETE", bearer: staff })).toMatchObject({ status: 204 });
  });

  it("comes in pages", async () => {
    const { one } = installation;
    const first = await one("/v1/devices?limit=2", { bearer: admin });
    expect(first.body["items"]).toHaveLength(2);
    const next = await one(`/v1/devices?limit=2&after=${text(first, "next")}`, { bearer: admin });
    expect(next.raw).not.toContain(text(first, "next"));
    for (const query of ["limit=0", "limit=101", "limit=x"]) {
      expect(await one(`/v1/devices?${query}`, { bearer: admin })).toMatchObject({ status: 422 });
    }
    expect(await one("/v1/devices?page=2", { bearer: admin })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: "/query/page" }] },
    });
  });

  it("ends a device's tokens when it is removed", async () => {
    const { one } = installation;
    const { device, user } = await asked("driver");
    const id = text(await approve(admin, { user_code: user }), "id");
    const token = await poll(device);
    const bearer = text(token, "access_token");
    expect(await one("/whoami", { bearer })).toMatchObject({ status: 200 });
    expect(await one(`/v1/devices/${id}`, { method: "DELETE", bearer: admin })).toMatchObject({ status: 204 });
    expect(await one("/whoami", { bearer })).toMatchObject({ status: 401 });
    const form = { grant_type: "refresh_token", refresh_token: text(token, "refresh_token") };
    expect(await one("/v1/oauth/token", { form })).toMatchObject({ status: 400 });
  });
});
