import { globSync, readFileSync } from "node:fs";
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
    const [front = 0] = processesNamed("workerd", product).toSorted((one, other) => one - other);
    process.kill(front, "SIGKILL");
    await expect.poll(() => stack.pids.product, { timeout: 25_000 }).not.toBe(product);
    await expect.poll(answers, { timeout: 20_000, interval: 200 }).toEqual([true, true]);
  });

  it("is brought back when a part dies by itself", async () => {
    const { product } = stack.pids;
    process.kill(-product, "SIGKILL");
    await expect.poll(() => stack.pids.product, { timeout: 20_000 }).not.toBe(product);
    await expect.poll(answers, { timeout: 20_000, interval: 200 }).toEqual([true, true]);
  });
});
