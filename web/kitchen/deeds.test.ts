import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { PendingAction, PendingActions } from "../shared/pending.ts";
import { Deeds } from "./deeds.ts";

const name = "comanda.kitchen.held.demo-1";
const held = { key: "k1", name: "reject", label: "AB12", params: {}, body: {}, at: 1, waited: false };

let written: Map<string, string>;
let done: string[];
const pending = {
  do: ({ key = "" }: Partial<PendingAction>) => void done.push(key),
  isHere: () => false,
  takeBack: () => false,
} as unknown as PendingActions;

beforeEach(() => {
  vi.useFakeTimers();
  written = new Map([[name, JSON.stringify({ value: held, number: 3 })]]);
  done = [];
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => written.get(key) ?? null,
    setItem: (key: string, value: string) => void written.set(key, value),
    removeItem: (key: string) => void written.delete(key),
  });
  // A browser whose database never answers.
  vi.stubGlobal("indexedDB", { open: () => new EventTarget() });
  vi.stubGlobal("document", new EventTarget());
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("what was held when the tablet went dark is sent, though its database never answers", async () => {
  const deeds = new Deeds("demo-1", pending, (_, body) => body);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(done).toEqual(["k1"]);
  expect(JSON.parse(written.get(name) ?? "")).toMatchObject({ value: null });
  deeds.close();
});

test("it is sent before whatever is done next", () => {
  const deeds = new Deeds("demo-1", pending, (_, body) => body);
  deeds.do({ name: "bump", label: "CD34", params: {} }, { name: "unbump", body: {} });
  expect(done[0]).toBe("k1");
  expect(done).toHaveLength(2);
  deeds.close();
});
