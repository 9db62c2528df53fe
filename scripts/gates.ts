import { existsSync, globSync } from "node:fs";
import { join } from "node:path";

import { root } from "./project.ts";
import { type Outcome, run } from "./wrangler.ts";

export interface Gate {
  name: string;
  check(): Promise<Outcome>;
}

/** What must hold of the code before any of it runs: format, lint with the dependency rule, types, nothing unused. */
export function gates(): Gate[] {
  const hasWeb = globSync("web/**/*.{ts,tsx}", { cwd: root }).length > 0;
  return [
    { name: "format", check: () => tool("oxfmt", "--check") },
    { name: "lint", check: () => tool("oxlint") },
    { name: "types", check: () => tool("tsc", "--project", ".") },
    ...(hasWeb ? [{ name: "types of web", check: () => tool("tsc", "--project", "web") }] : []),
    ...(hasWeb
      ? [{ name: "types of the service worker", check: () => tool("tsc", "--project", "web/service-worker") }]
      : []),
    { name: "nothing unused", check: () => tool("knip") },
  ];
}

function tool(name: string, ...args: string[]): Promise<Outcome> {
  const path = join(root, "node_modules/.bin", name);
  if (!existsSync(path)) return Promise.resolve({ status: 127, output: `${name} is not installed` });
  return run([path, ...args]);
}
