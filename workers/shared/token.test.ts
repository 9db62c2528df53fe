import { createHmac } from "node:crypto";
import { base64url, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWK } from "jose";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { bearerOf, tokenVerifier, type TokenSources } from "./token.ts";

const now = Date.UTC(2026, 10, 21, 12);
const seconds = now / 1_000;
const claims = {
  sub: "guest_1",
  tenant: "demo",
  role: "customer",
  venues: null,
  jti: "t-1",
  sid: "ses_1",
  client_id: "guest",
  iss: "comanda",
  aud: "comanda-api",
  iat: seconds,
  exp: seconds + 600,
};
const refusal = { refused: "unauthenticated" };

let signingKey: CryptoKey;
let publicJwk: JWK;

beforeAll(async () => {
  const pair = await generateKeyPair("ES256", { extractable: true });
  signingKey = pair.privateKey;
  publicJwk = { ...(await exportJWK(pair.publicKey)), kid: "k1" };
});

const signed = async (changes: object = {}, header: object = {}, key = signingKey) =>
  new SignJWT({ ...claims, ...changes })
    .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: "k1", ...header })
    .sign(key);

/** Sources that count how often they are asked, at a time the test moves. */
function sources(revoked: string[] = []) {
  const work: Promise<unknown>[] = [];
  const state = { now, keys: [publicJwk], keyReads: 0, revocationReads: 0, revoked, work, broken: false };
  const at = (): TokenSources => ({
    now: state.now,
    async publicKeys() {
      state.keyReads += 1;
      if (state.broken) throw new Error("the database is away");
      return state.keys;
    },
    async revoked() {
      state.revocationReads += 1;
      if (state.broken) throw new Error("the database is away");
      return state.revoked;
    },
    background: (promise) => work.push(promise),
  });
  return { state, at };
}

describe("a token", () => {
  it("says who is asking, and is checked once however often it comes", async () => {
    const { verify } = tokenVerifier();
    const { state, at } = sources();
    const token = await signed({ role: "staff", venues: ["demo-1"] });
    const first = await verify(token, at());
    expect(first).toEqual({
      principal: { tenant: "demo", subject: "guest_1", role: "staff", venues: ["demo-1"], expiresAt: now + 600_000 },
      id: "t-1",
      session: "ses_1",
    });
    for (let again = 0; again < 1_000; again += 1) expect(await verify(token, at())).toBe(first);
    expect(state).toMatchObject({ keyReads: 1, revocationReads: 1 });
  });

  it("is refused when another key, another algorithm or nobody signed it", async () => {
    const { verify } = tokenVerifier();
    const { at } = sources();
    const stranger = await generateKeyPair("ES256");
    const publicText = JSON.stringify(publicJwk);
    const head = base64url.encode(JSON.stringify({ alg: "HS256", typ: "at+jwt", kid: "k1" }));
    const body = base64url.encode(JSON.stringify(claims));
    const forged = createHmac("sha256", publicText).update(`${head}.${body}`).digest("base64url");
    const [header, , signature] = (await signed()).split(".");
    const tampered = base64url.encode(JSON.stringify({ ...claims, tenant: "other" }));
    for (const token of [
      await signed({}, {}, stranger.privateKey),
      await signed({}, { kid: "k2" }),
      new UnsecuredJWT(claims).encode(),
      `${base64url.encode(JSON.stringify({ alg: "none", typ: "at+jwt", kid: "k1" }))}.${body}.`,
      `${head}.${body}.${forged}`,
      `${header}.${tampered}.${signature}`,
      `${header}.${body}.`,
      "x".repeat(10_000),
      "a.b.c",
      "",
    ]) {
      expect({ token, answer: await verify(token, at()) }).toMatchObject({ answer: refusal });
    }
  });

  it("has one spelling: another one of the same bytes is refused, and takes no place in memory", async () => {
    const { verify } = tokenVerifier();
    const { at } = sources();
    const token = await signed();
    const last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".indexOf(token.at(-1) ?? "");
    const sameBytes = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[last + 1];
    for (const other of [`${token}=`, `${token}==`, `${token.slice(0, -1)}${sameBytes}`, `${token}~`])
      expect(await verify(other, at())).toMatchObject(refusal);
    expect(await verify(token, at())).toMatchObject({ id: "t-1" });
  });

  it("is refused when its claims are not those of an access token of ours", async () => {
    const { verify } = tokenVerifier();
    const { at } = sources();
    for (const changes of [
      { iss: "https://elsewhere.example" },
      { aud: "another-api" },
      { exp: seconds - 6 },
      { exp: undefined },
      { nbf: seconds + 60 },
      { role: "operator" },
      { tenant: "Not A Slug" },
      { tenant: undefined },
      { venues: "demo-1" },
      { jti: undefined },
    ]) {
      const answer = await verify(await signed(changes), at());
      expect({ changes, answer }).toMatchObject({ answer: refusal });
    }
    expect(await verify(await signed({}, { typ: "JWT" }), at())).toMatchObject(refusal);
  });

  it("holds five seconds past its expiry for clocks that differ, remembered or not, and no longer", async () => {
    const { verify } = tokenVerifier();
    const { state, at } = sources();
    const token = await signed();
    for (const [wait, holds] of [
      [0, true],
      [604_000, true],
      [605_000, false],
      [900_000, false],
    ] as const) {
      state.now = now + wait;
      expect("principal" in (await verify(token, at()))).toBe(holds);
      expect("principal" in (await tokenVerifier().verify(token, at()))).toBe(holds);
    }
  });

  it("ends at once where it was revoked, and within seconds elsewhere", async () => {
    const here = tokenVerifier();
    const elsewhere = tokenVerifier();
    const { state, at } = sources();
    const token = await signed();
    await here.verify(token, at());
    await elsewhere.verify(token, at());
    here.revokeHere(["ses_1"], now);
    state.revoked = ["ses_1"];
    expect(await here.verify(token, at())).toMatchObject(refusal);
    expect(await elsewhere.verify(token, at())).toHaveProperty("principal");
    state.now = now + 16_000;
    await elsewhere.verify(token, at());
    await Promise.all(state.work);
    expect(await elsewhere.verify(token, at())).toMatchObject(refusal);
  });

  it("is checked against fresh revocations when the isolate slept", async () => {
    const { verify } = tokenVerifier();
    const { state, at } = sources();
    const token = await signed();
    await verify(token, at());
    state.revoked = ["t-1"];
    state.now = now + 300_000;
    expect(await verify(token, at())).toMatchObject(refusal);
  });

  it("holds while the database is away, once keys are known, and is 503 before that", async () => {
    const { verify } = tokenVerifier();
    const { state, at } = sources();
    const token = await signed();
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    state.broken = true;
    expect(await verify(token, at())).toMatchObject({ refused: "unavailable" });
    state.broken = false;
    expect(await verify(token, at())).toHaveProperty("principal");
    state.broken = true;
    state.now = now + 300_000;
    expect(await verify(token, at())).toHaveProperty("principal");
    expect(log).toHaveBeenCalledTimes(2);
    log.mockRestore();
  });
});

describe("keys", () => {
  it("are read again at once for a new id, but not for every id somebody makes up", async () => {
    const { verify } = tokenVerifier();
    const { state, at } = sources();
    await verify(await signed(), at());
    const next = await generateKeyPair("ES256", { extractable: true });
    state.keys = [{ ...(await exportJWK(next.publicKey)), kid: "k2" }, publicJwk];
    const token = await signed({ jti: "t-2" }, { kid: "k2" }, next.privateKey);
    expect(await verify(token, at())).toHaveProperty("principal");
    for (let guess = 0; guess < 20; guess += 1) await verify(await signed({}, { kid: `guess-${guess}` }), at());
    expect(state.keyReads).toBe(5);
  });
});

describe("the bearer token of a request", () => {
  const url = "https://comanda.example/v1/orders/ord_1/live";
  const upgrade = { upgrade: "websocket" };

  it("is read from the header, and for sockets from subprotocol or query", () => {
    expect(bearerOf(new Request(url, { headers: { authorization: "Bearer a.b.c" } }))).toBe("a.b.c");
    expect(bearerOf(new Request(url, { headers: { authorization: "bearer a.b.c" } }))).toBe("a.b.c");
    const offered = { ...upgrade, "sec-websocket-protocol": "comanda.v1, bearer.a.b.c" };
    expect(bearerOf(new Request(url, { headers: offered }))).toBe("a.b.c");
    expect(bearerOf(new Request(`${url}?access_token=a.b.c`, { headers: upgrade }))).toBe("a.b.c");
  });

  it("is not read from the query of a plain request, where logs would keep it", () => {
    expect(bearerOf(new Request(`${url}?access_token=a.b.c`))).toMatchObject(refusal);
    expect(bearerOf(new Request(url, { headers: { authorization: "Basic YTpi" } }))).toMatchObject(refusal);
    expect(bearerOf(new Request(url, { headers: { authorization: "Bearer" } }))).toMatchObject(refusal);
  });
});
