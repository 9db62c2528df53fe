import { describe, expect, it } from "vitest";
import type { Settings } from "../../domain/carrier/carrier.ts";
import { CarrierSecrets } from "./carrier-secrets.ts";

const agreed = {
  name: "Bob's Post", url: "https://post.example.org", enabled: true, answerWithinMs: 10_000, silentAfterMs: 60_000,
  requoteAfterMs: null, giveUpAfterMs: 600_000, trackForMs: 600_000,
}; // prettier-ignore
const both = { secret: "what-we-say-to-them", callbackSecret: "what-they-say-to-us" };
const secrets = new CarrierSecrets("of-the-test-and-long-enough", "carrier/demo/bobs-post");

function kept(named: Partial<typeof both>, before: Settings | null, by = secrets): Settings {
  const settings = by.keep(agreed, named, before);
  if (settings === null) throw new Error("nothing was kept");
  return settings;
}

describe("a carrier's secrets", () => {
  it("are kept sealed, each for itself, and opened for that carrier alone", () => {
    const settings = kept(both, null);
    expect(JSON.stringify(settings)).not.toMatch(/what-/);
    expect(secrets.open(settings, "secret")).toBe(both.secret);
    expect(secrets.open(settings, "callbackSecret")).toBe(both.callbackSecret);
    const other = new CarrierSecrets("of-the-test-and-long-enough", "carrier/demo/swift");
    expect(other.open(settings, "secret")).toBeNull();
    expect(secrets.open({ ...settings, secret: settings.callbackSecret }, "secret")).toBeNull();
  });

  it("stay as they are sealed when nothing is said of them, or the same", () => {
    const before = kept(both, null);
    expect(kept({}, before)).toEqual(before);
    expect(kept({ secret: both.secret }, before)).toEqual(before);
    const changed = kept({ secret: "something-else-altogether" }, before);
    expect(secrets.open(changed, "secret")).toBe("something-else-altogether");
    expect(changed.callbackSecret).toBe(before.callbackSecret);
  });

  it("are both needed at first", () => {
    expect(secrets.keep(agreed, { secret: both.secret }, null)).toBeNull();
    expect(secrets.keep(agreed, { callbackSecret: both.callbackSecret }, null)).toBeNull();
  });

  it("that an earlier version kept as they were given are read, and sealed at the next change", () => {
    const before: Settings = { ...agreed, ...both };
    expect(secrets.open(before, "secret")).toBe(both.secret);
    const after = kept({}, before);
    expect(JSON.stringify(after)).not.toMatch(/what-/);
    expect(secrets.open(after, "callbackSecret")).toBe(both.callbackSecret);
  });

  it("sealed under a former key are lost to a new one until they are named again", () => {
    const before = kept(both, null);
    const anew = new CarrierSecrets("another-key-of-some-length", "carrier/demo/bobs-post");
    expect(anew.open(before, "secret")).toBeNull();
    const after = kept(both, kept({}, before, anew), anew);
    expect(anew.open(after, "secret")).toBe(both.secret);
  });
});
