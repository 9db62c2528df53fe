import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./project.ts";

const ask = (script: string, ...args: string[]) => {
  const command = ["--disable-warning=ExperimentalWarning", join(root, "scripts", script), ...args];
  return spawnSync(process.execPath, command, { cwd: root, encoding: "utf8", timeout: 30_000 });
};

describe("a command that the README names", () => {
  it.each(["start.ts", "test.ts", "check.ts", "simulate.ts", "comanda.ts", "bench-order.ts", "bench-dispatch.ts"])(
    "says how it is used when it is asked, and does nothing else: %s",
    (script) => {
      const { status, stdout, stderr } = ask(script, "--help");
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(stdout).toMatch(/^npm |USAGE/);
    },
  );

  it.each(["start.ts", "test.ts", "check.ts"])("does not begin when it does not understand: %s", (script) => {
    const { status, stdout, stderr } = ask(script, "--prot", "1");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/'--prot'[^]*npm /);
    expect(stderr).not.toContain(" at ");
  });
});
