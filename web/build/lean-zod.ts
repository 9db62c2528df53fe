import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const neverCalled = /\/zod\/v4\/core\/(?:to-json-schema|json-schema-processors)\.js$/;

/** Zod's English for what is wrong: the words on a screen are ours. */
const sentences = /\/zod\/v4\/locales\/en\.js$/;

/** What `z` is called in a bundle, so that nobody else's short name is meant; vite.config.ts says that its calls are pure. */
export const pureZod = "zodMakesASchema";

/**
 * Makes what a page loads of its schemas a fifth smaller. A quarter of zod describes schemas as JSON Schema, and every
 * schema holds on to it: the server needs it for `/openapi.json`, a page never does. And a schema of the contracts that
 * a page does not use is left out, for making one does nothing else.
 */
export function leanZod(): Plugin {
  return {
    name: "lean-zod",
    load(id) {
      if (sentences.test(id)) return 'export default () => ({ localeError: () => "Invalid" });';
      if (!neverCalled.test(id)) return null;
      const source = readFileSync(id, "utf8");
      const names = [...source.matchAll(/^export (?:const|function) (\w+)|^export \{ \w+ as (\w+) \}/gm)];
      return names.map(([, direct, renamed]) => `export const ${direct ?? renamed} = () => undefined;`).join("\n");
    },
    transform: {
      order: "post",
      handler(code, id) {
        const imported = /^import \{ z \} from "zod";/m;
        if (id.includes("/node_modules/") || !imported.test(code)) return null;
        const places = placesOf(this.parse(code)).toSorted((a, b) => b - a);
        const renamed = places.reduce((text, at) => `${text.slice(0, at)}${pureZod}${text.slice(at + 1)}`, code);
        return { code: renamed.replace(imported, `import { z as ${pureZod} } from "zod";`), map: null };
      },
    },
  };
}

/** Where `z` stands for the import, and not for a name inside something. */
function placesOf(tree: unknown): number[] {
  const places: number[] = [];
  const walk = (node: unknown, key: string, parent: Record<string, unknown>): void => {
    if (Array.isArray(node)) return node.forEach((one) => walk(one, key, parent));
    if (typeof node !== "object" || node === null) return;
    const one = node as Record<string, unknown>;
    if (one["type"] === "ImportDeclaration") return;
    const isName = (key === "property" || key === "key") && parent["computed"] !== true;
    if (one["type"] === "Identifier" && one["name"] === "z" && !isName) places.push(Number(one["start"]));
    for (const [name, child] of Object.entries(one)) walk(child, name, one);
  };
  walk(tree, "", {});
  return places;
}
