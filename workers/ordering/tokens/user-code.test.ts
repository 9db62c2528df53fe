import { describe, expect, it } from "vitest";
import { userCodeFrom, userCodeOf } from "./user-code.ts";

describe("a user code", () => {
  it("is eight consonants, and passes over bytes that would favour some", () => {
    expect(userCodeFrom([0, 1, 2, 3, 4, 5, 6, 7])).toBe("BCDF-GHJK");
    expect(userCodeFrom([255, 240, 239, 19, 20, 0, 0, 0, 0, 0])).toBe("ZZBB-BBBB");
    expect(userCodeFrom([1, 2, 3])).toBeNull();
  });

  it("is understood however it is typed", () => {
    for (const typed of ["BCDF-GHJK", "bcdfghjk", " bcdf ghjk ", "b-c-d-f-g-h-j-k"]) {
      expect(userCodeOf(typed)).toBe("BCDF-GHJK");
    }
    for (const typed of ["BCDF-GHJ", "BCDF-GHJKL", "AEIO-UAEI", "' or 1=1 --", "BCDF-GHJ0"]) {
      expect(userCodeOf(typed)).toBeNull();
    }
  });
});
