import { describe, expect, it } from "vitest";

import { closingLine, isGood, sum, tallyOf } from "./tally.ts";

const file = (...statuses: string[]) => ({
  status: statuses.includes("failed") ? "failed" : "passed",
  assertionResults: statuses.map((status) => ({ status })),
});

const report = (passed: number, failed: number, testResults: unknown[]) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: 1,
  numTodoTests: 0,
  success: failed === 0,
  testResults,
});

describe("a run's tally", () => {
  it("counts what passed, failed and was skipped", () => {
    expect(tallyOf(report(2, 1, [file("passed", "passed", "failed")]), 1)).toEqual({
      passed: 2,
      failed: 1,
      skipped: 1,
    });
  });

  it("counts a file that does not load as a failure", () => {
    expect(
      tallyOf(report(2, 0, [file("passed", "passed"), { status: "failed", assertionResults: [] }]), 1).failed,
    ).toBe(1);
  });

  it("counts a run that failed outside every test as a failure", () => {
    expect(tallyOf(report(2, 0, [file("passed", "passed")]), 1).failed).toBe(1);
  });

  it("counts a missing report as a failure", () => {
    expect(tallyOf(undefined, 0).failed).toBe(1);
  });

  it("is not good when nothing was tested", () => {
    expect(isGood({ passed: 0, failed: 0, skipped: 3 })).toBe(false);
  });

  it("closes with one line over all steps", () => {
    const all = sum([
      { passed: 3, failed: 0, skipped: 0 },
      { passed: 4, failed: 1, skipped: 2 },
    ]);
    expect(closingLine(all)).toBe("7 passed, 1 failed, 2 skipped");
    expect(closingLine({ passed: 1, failed: 0, skipped: 0 })).toBe("1 passed, 0 failed");
  });
});
