import { globSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { root } from "../scripts/project.ts";
import { processesNamed } from "../scripts/service.ts";
import { type Stack, startStack } from "../scripts/stack.ts";
import { buildWeb } from "../scripts/wrangler.ts";

describe("the stack that npm start brings up", () => {
  let stack: Stack;

  beforeAll(async () => {
    await buildWeb();
    stack = await startStack({ fast: true, quiet: true, supervise: true });
  });

  afterAll(() => stack?.stop());

  const answers = () =>
    Promise.all(
      [`${stack.baseUrl}/healthz`, stack.sandboxUrl].map((url) =>
        fetch(url).then(
          (response) => response.status < 500,
          () => false,
        ),
      ),
    );

  it("answers, product and sandbox", async () => {
    expect(await answers()).toEqual([true, true]);
  });

  it("serves pages built to be deployed, though a test has built them", () => {
    const scripts = globSync("web/dist/assets/*.js", { cwd: root });
    expect(scripts).not.toEqual([]);
    for (const script of scripts) expect(readFileSync(join(root, script), "utf8")).not.toContain(join(root, "web"));
  });

  it("comes back on the same ports after both were killed on purpose", async () => {
    const before = stack.pids;
    await stack.kill9();
    expect(await answers()).toEqual([false, false]);
    await stack.restart();
    expect(await answers()).toEqual([true, true]);
    expect(stack.pids.product).not.toBe(before.product);
  });

  it("is brought back when only the runtime in front of the others dies, though wrangler lives on", async () => {
    const { product } = stack.pids;
    const front = processesNamed("workerd", product).filter((pid) =>
      listensOn(pid, Number(new URL(stack.baseUrl).port)),
    );
    expect(front).toHaveLength(1);
    process.kill(front[0] ?? 0, "SIGKILL");
    await expect.poll(() => stack.pids.product, { timeout: 60_000 }).not.toBe(product);
    await expect.poll(answers, { timeout: 60_000, interval: 200 }).toEqual([true, true]);
  });

  it("is brought back when a part dies by itself", async () => {
    const { product } = stack.pids;
    process.kill(-product, "SIGKILL");
    await expect.poll(() => stack.pids.product, { timeout: 60_000 }).not.toBe(product);
    await expect.poll(answers, { timeout: 60_000, interval: 200 }).toEqual([true, true]);
  });
});

/** Whether a process is the one that takes connections on a port of this machine's. */
function listensOn(pid: number, port: number): boolean {
  const tables = ["tcp", "tcp6"].map((table) => readFileSync(`/proc/net/${table}`, "utf8"));
  const rows = tables.flatMap((table) => table.split("\n").map((row) => row.trim().split(/\s+/)));
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const listening = rows.filter(([, local, , state]) => local?.endsWith(suffix) === true && state === "0A");
  const sockets = new Set(listening.map((row) => `socket:[${row[9]}]`));
  return readdirSync(`/proc/${pid}/fd`).some((fd) => sockets.has(linkOf(`/proc/${pid}/fd/${fd}`)));
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}
