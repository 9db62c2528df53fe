import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { configFor, renamed } from "./installation.ts";
import { root, workerNames, workers } from "./project.ts";

const read = (config: string): string => readFileSync(join(root, config), "utf8");
const namesIn = (toml: string): string[] => [...toml.matchAll(/"(comanda[^"]*)"/g)].map((match) => match[1] ?? "");

describe("a second installation in one account", () => {
  it.each(workerNames)("shares no name of the %s worker with the first", (worker) => {
    const toml = read(workers[worker]);
    const names = namesIn(toml);
    expect(names.length).toBeGreaterThan(0);
    expect(namesIn(renamed(toml, "staging"))).toEqual(names.map((name) => name.replace("comanda", "comanda-staging")));
  });

  it("keeps what the code reads in a queue's name: its end", () => {
    const queues = namesIn(renamed(read(workers.ordering), "staging")).filter((name) => name.includes("outlet"));
    expect(new Set(queues)).toEqual(new Set(["comanda-staging-outlet", "comanda-staging-outlet-dead"]));
  });

  it("differs in nothing but its names", () => {
    for (const worker of workerNames) {
      const toml = read(workers[worker]);
      const [, ...lines] = renamed(toml, "staging").split("\n");
      expect(lines.join("\n").replaceAll("comanda-staging", "comanda")).toBe(toml);
    }
  });

  it("stands beside the first, so that the paths in it hold", () => {
    expect(configFor(workers.ordering, "staging")).toBe("wrangler.staging.toml");
    expect(configFor(workers.kitchen, "staging")).toBe("workers/kitchen/wrangler.staging.toml");
  });

  it("has a name that an account takes", () => {
    for (const name of ["", "Staging", "a_b", "-a", "a".repeat(25), "a/b"]) {
      expect(() => renamed("", name)).toThrow("is no name");
    }
  });
});
