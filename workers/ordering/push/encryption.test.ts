import { createDecipheriv, createECDH, hkdfSync } from "node:crypto";
import { expect, it } from "vitest";
import { encrypted, mostPlain } from "./encryption.ts";

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64url"));

/** RFC 8291, section 5 and appendix A. */
const example = {
  plain: "When I grow up, I want to be a watermelon",
  auth: "BTBZMqHH6r4Tts7J_aSIgg",
  receiver: {
    open: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    own: "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94",
  },
  sender: {
    open: "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8",
    own: "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
  },
  salt: "DGv6ra1nlYgDCS1FRnbzlw",
  message:
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
};

async function senderKeys(): Promise<CryptoKeyPair> {
  const { open, own: d } = example.sender;
  const point = Buffer.from(open, "base64url");
  const jwk = { kty: "EC", crv: "P-256", d, x: point.subarray(1, 33).toString("base64url"), y: point.subarray(33).toString("base64url") }; // prettier-ignore
  const algorithm = { name: "ECDH", namedCurve: "P-256" };
  return {
    privateKey: await crypto.subtle.importKey("jwk", jwk, algorithm, false, ["deriveBits"]),
    publicKey: await crypto.subtle.importKey("raw", bytes(open), algorithm, true, []),
  };
}

it("encrypts the RFC's example to the byte", async () => {
  const message = await encrypted(
    new TextEncoder().encode(example.plain),
    { p256dh: bytes(example.receiver.open), auth: bytes(example.auth) },
    { keys: await senderKeys(), salt: bytes(example.salt) },
  );
  expect(Buffer.from(message).toString("base64url")).toBe(example.message);
});

it("encrypts anew every time, and the browser reads it every time, to the longest there is", async () => {
  const to = { p256dh: bytes(example.receiver.open), auth: bytes(example.auth) };
  const longest = "ü".repeat(mostPlain / 2);
  const twice = [await encrypted(new TextEncoder().encode(longest), to), await encrypted(new TextEncoder().encode(longest), to)]; // prettier-ignore
  expect(twice.map(({ byteLength }) => byteLength)).toEqual([4_095, 4_095]);
  expect(Buffer.from(twice[0]!).equals(Buffer.from(twice[1]!))).toBe(false);
  for (const message of twice) expect(opened(message)).toBe(longest);
});

it("encrypts nothing longer, and for no key that is none", async () => {
  const to = { p256dh: bytes(example.receiver.open), auth: bytes(example.auth) };
  await expect(encrypted(new Uint8Array(mostPlain + 1), to)).rejects.toThrow("at most");
  await expect(encrypted(new Uint8Array(1), { ...to, p256dh: new Uint8Array(65).fill(4) })).rejects.toThrow();
});

/** What a browser makes of it. */
function opened(message: Uint8Array): string {
  const raw = Buffer.from(message);
  const [salt, sender, record] = [raw.subarray(0, 16), raw.subarray(21, 86), raw.subarray(86)];
  const own = createECDH("prime256v1");
  own.setPrivateKey(example.receiver.own, "base64url");
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), own.getPublicKey(), sender]);
  const keying = Buffer.from(hkdfSync("sha256", own.computeSecret(sender), bytes(example.auth), info, 32));
  const key = Buffer.from(hkdfSync("sha256", keying, salt, "Content-Encoding: aes128gcm\0", 16));
  const nonce = Buffer.from(hkdfSync("sha256", keying, salt, "Content-Encoding: nonce\0", 12));
  const cipher = createDecipheriv("aes-128-gcm", key, nonce);
  cipher.setAuthTag(record.subarray(-16));
  const plain = Buffer.concat([cipher.update(record.subarray(0, -16)), cipher.final()]);
  expect(plain.at(-1)).toBe(2);
  return plain.subarray(0, -1).toString();
}
