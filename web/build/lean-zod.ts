import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const neverCalled = /\/zod\/v4\/core\/(?:to-json-schema|json-schema-processors)\.js(?:\?|$)/;

/** Zod's English for what is wrong: the words on a screen are ours. */
const sentences = /\/zod\/v4\/locales\/en\.js(?:\?|$)/;

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
      const source = readFileSync(id.replace(/\?.*$/, ""), "utf8");
      const names = [...source.matchAll(/^export (?:const|function) (\w+)|^export \{ \w+ as (\w+) \}/gm)];
      return names.map(([, direct, renamed]) => `export const ${direct ?? renamed} = () => undefined;`).join("\n");
    },
    transform: {
      order: "post",
      handler(code, id) {
        const imported = /^import \{ z \} from "zod";/m;
        if (id.includes("/node_modules/") || !imported.test(code)) return null;
        const { names, calls } = placesIn(this.parse(code));
        // What a contract begins by calling makes schemas of other schemas: those are no `z` any more.
        const pure = id.includes("/contracts/") ? calls : new Set<number>();
        const changes = [
          ...names.map((at) => ({ at, put: pureZod, over: 1 })),
          ...[...pure].map((at) => ({ at, put: "/* @__PURE__ */ ", over: 0 })),
        ].toSorted((a, b) => b.at - a.at || b.over - a.over);
        const renamed = changes.reduce(
          (text, { at, put, over }) => text.slice(0, at) + put + text.slice(at + over),
          code,
        );
        return { code: renamed.replace(imported, `import { z as ${pureZod} } from "zod";`), map: null };
      },
    },
  };
}

interface Places {
  /** Where `z` stands for the import, and not for a name inside something. */
  readonly names: number[];
  /** Where something is called as soon as the module is there. */
  readonly calls: Set<number>;
}

function placesIn(tree: unknown): Places {
  const places: Places = { names: [], calls: new Set() };
  const walk = (node: unknown, key: string, parent: Record<string, unknown>, isLater: boolean): void => {
    if (Array.isArray(node)) return node.forEach((one) => walk(one, key, parent, isLater));
    if (typeof node !== "object" || node === null) return;
    const one = node as Record<string, unknown>;
    const type = String(one["type"]);
    if (type === "ImportDeclaration") return;
    const isName = (key === "property" || key === "key") && parent["computed"] !== true;
    if (type === "Identifier" && one["name"] === "z" && !isName) places.names.push(Number(one["start"]));
    if (type === "CallExpression" && !isLater) places.calls.add(Number(one["start"]));
    const inside = isLater || type.includes("Function");
    for (const [name, child] of Object.entries(one)) walk(child, name, one, inside);
  };
  walk(tree, "", {}, false);
  return places;
}
