import type { Plugin, Rolldown } from "vite";

const apps = ["customer", "kitchen", "driver", "admin"];
const inApp = new RegExp(`/web/(${apps.join("|")})/`);
const ofApp = /\?of=(\w+)$/;
const code = /\.(?:m?js|tsx?)$/;

/**
 * Gives each app its own copy of what several share, as `…?of=kitchen`: what only another app uses of it is left out, and
 * how it is cut into files is the app's own affair. Hardly anybody opens two of them in one browser.
 */
export function ownModules(): Plugin {
  return {
    name: "own-modules",
    enforce: "pre",
    resolveId: {
      order: "pre",
      async handler(source, importer = "", options) {
        const app = (ofApp.exec(importer) ?? inApp.exec(importer))?.[1];
        if (app === undefined) return null;
        const found = await this.resolve(source, importer, { ...options, skipSelf: true });
        const isShared =
          found !== null && found.external === false && code.test(found.id) && !found.id.startsWith("\0");
        return isShared ? { ...found, id: `${found.id}?of=${app}` } : found;
      },
    },
  };
}

/**
 * What an app begins with is one file, in the order in which it is written: `strict.ts` is the first of all. A customer's
 * pages are opened on a phone's line, where each file costs a round trip: what several of them share is three more. What
 * a module needs is needed wherever it is, so that files name each other in the order of this list only, and never in a
 * circle, in which something would be used before it is there.
 */
export const files: Rolldown.CodeSplittingGroup[] = [
  // What fetches a file is the one thing that all apps share: nobody is to load another app for its sake.
  { name: "load", test: /preload-helper/, priority: 5 },
  ...apps.map((app) => ({
    name: app,
    test: new RegExp(`\\?of=${app}$`),
    tags: ["$initial" as const],
    priority: 4,
  })),
  sharedAs("menu", 3, (drawn) => drawn.has("menu-page")),
  sharedAs("sheets", 2, (drawn) => [...drawn].some((part) => !part.endsWith("-page"))),
  sharedAs("orders", 1, () => true),
];

function sharedAs(name: string, priority: number, isOf: (drawn: ReadonlySet<string>) => boolean) {
  const nameOf: Rolldown.CodeSplittingNameFunction = (id, build) => {
    const drawn = drawnWith(id, (at) => build.getModuleInfo(at));
    return drawn.size > 1 && isOf(drawn) ? name : null;
  };
  return { name: nameOf, debugName: name, test: /\?of=customer$/, priority };
}

/** Which pages and sheets, fetched when they are wanted, need a module. */
function drawnWith(id: string, infoOf: Rolldown.GetModuleInfo): ReadonlySet<string> {
  const drawn = new Set<string>();
  const seen = new Set<string>();
  const climb = (at: string): void => {
    const info = infoOf(at);
    if (seen.has(at) || info === null) return;
    seen.add(at);
    if (info.dynamicImporters.length > 0) drawn.add(at.replace(/^.*\/|\.tsx?\?.*$/g, ""));
    info.importers.forEach(climb);
  };
  climb(id);
  return drawn;
}
