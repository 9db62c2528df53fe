import { readdirSync, readFileSync } from "node:fs";
import type { ESTree, Plugin } from "vite";

/** What a page asks with: the rest of a route is what the server needs to judge and describe it. */
const asked = new Set(["method", "path", "response"]);
const apps = ["customer", "kitchen", "driver", "admin"] as const;
const ofApp = /\/contracts\/[a-z-]+-routes\.ts\?of=(\w+)$/;

/** Leaves out of the contracts' routes those that an app's pages never ask, and of the others what only the server reads. */
export function leanRoutes(web: string): Plugin {
  const shared = usesIn(`${web}shared`);
  const uses = new Map(apps.map((app): [string, Uses] => [app, both(shared, usesIn(web + app))]));
  return {
    name: "lean-routes",
    transform: {
      order: "post",
      filter: { id: ofApp },
      handler(code, id) {
        const used = uses.get(ofApp.exec(id)?.[1] ?? "");
        if (used === undefined) return null;
        const gone = surplusOf(this.parse(code), used).toSorted((a, b) => b[0] - a[0]);
        return { code: gone.reduce((text, [from, to]) => text.slice(0, from) + text.slice(to), code), map: null };
      },
    },
  };
}

/** Which routes are asked by name; null where all of them are handed on, so that nobody can tell. */
type Uses = ReadonlySet<string> | null;

function usesIn(folder: string): Uses {
  const names = new Set<string>();
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!/\.tsx?$/.test(file) || file.includes(".test.")) continue;
    const whole = readFileSync(`${folder}/${file}`, "utf8");
    if (/Routes as \w/.test(whole))
      throw new Error(`${folder}/${file} gives routes another name: nobody sees what it asks.`);
    const source = whole.replaceAll(/^import [^;]*;/gm, "");
    for (const [, name] of source.matchAll(/\b\w+Routes\b(?:\s*\??\.\s*(\w+))?/g)) {
      if (name === undefined) return null;
      names.add(name);
    }
  }
  return names;
}

function both(a: Uses, b: Uses): Uses {
  return a === null || b === null ? null : new Set([...a, ...b]);
}

/** From where to where what is not used stands. */
function surplusOf(program: ESTree.Program, used: Uses): [number, number][] {
  return program.body.flatMap((statement) => {
    if (statement.type !== "ExportNamedDeclaration" || statement.declaration?.type !== "VariableDeclaration") return [];
    return statement.declaration.declarations.flatMap(({ id, init }) => {
      if (id.type !== "Identifier" || !id.name.endsWith("Routes") || init?.type !== "ObjectExpression") return [];
      return surplusIn(init, (name, route) => {
        if (used !== null && !used.has(name)) return "all";
        return route.type === "ObjectExpression" ? surplusIn(route, (part) => (asked.has(part) ? [] : "all")) : [];
      });
    });
  });
}

function surplusIn(
  { properties }: ESTree.ObjectExpression,
  judge: (name: string, value: ESTree.Expression) => "all" | [number, number][],
): [number, number][] {
  return properties.flatMap((property, at) => {
    if (property.type !== "Property" || property.key.type !== "Identifier") return [];
    const judged = judge(property.key.name, property.value);
    return judged === "all" ? [[property.start, properties[at + 1]?.start ?? property.end]] : judged;
  });
}
