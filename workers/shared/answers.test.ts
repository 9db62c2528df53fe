import { beforeEach, describe, expect, it } from "vitest";
import { Answers, type Ask } from "./answers.ts";
import { ActorStorage } from "./storage.ts";
import { ObjectState } from "./testing/object-state.ts";

const hour = 3_600_000;
const start = 1_800_000_000_000;
const asked = (key: string): Ask => ({ by: "ann", key, fingerprint: "f", traceparent: "" });
let storage: ActorStorage;
let answers: Answers;

const keep = (key: string, at: number): void => storage.write(() => answers.keep(asked(key), key, at));
const kept = (): string[] =>
  storage.sql
    .exec<{ body: string }>("SELECT body FROM answers ORDER BY at")
    .toArray()
    .map(({ body }) => body);

beforeEach(() => {
  storage = new ActorStorage(new ObjectState("t/a").storage);
  answers = new Answers(storage);
});

describe("what an object has answered", () => {
  it("is answered again for two days, and then forgotten with the next answer it keeps", () => {
    keep("first", start);
    keep("second", start + 47 * hour);
    expect(answers.to(asked("first"))).toEqual({ body: "first", replayed: true });
    keep("third", start + 49 * hour);
    expect(kept()).toEqual(["second", "third"]);
    expect(answers.to(asked("first"))).toBeNull();
  });

  it("never is more than two days' worth, however long the object lives and however little its log grows", () => {
    for (let day = 0; day < 30; day += 1) {
      for (let nth = 0; nth < 10; nth += 1) keep(`${day}.${nth}`, start + day * 24 * hour + nth * 60_000);
      expect(kept().length).toBeLessThanOrEqual(30);
    }
  });
});
