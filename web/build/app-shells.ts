import { createHash } from "node:crypto";
import type { Plugin, Rolldown } from "vite";
import type { Shell, ShellName } from "../service-worker/shell.ts";
import { linksOf } from "./links-of.ts";

/** Those a device has to be let in to: its code is what it shows first, and is fetched together with the page. */
const paired: readonly ShellName[] = ["kitchen", "driver"];
const apps = ["customer", "kitchen", "driver", "admin"] as const satisfies ShellName[];
const names = { customer: "Comanda", kitchen: "Kitchen", driver: "Driver", admin: "Admin" } as const;

/**
 * Makes the apps installable: the head of each page names its manifest, its icon and the script that keeps it here, and
 * the service worker is told which files each needs to open.
 */
export function appShells(): Plugin {
  return {
    name: "app-shells",
    transformIndexHtml: { order: "pre", handler: (_, { path }) => tagsOf(path) },
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const worker = bundle["sw.js"];
        if (worker?.type !== "chunk") throw new Error("There is no service worker to tell what it keeps.");
        if (worker.imports.length > 0)
          throw new Error("The service worker is one file: it shares no code with a page.");
        for (const app of paired) addPairing(app, bundle);
        const shells = Object.fromEntries(apps.map((app) => [app, shellOf(app, bundle)]));
        worker.code = `const SHELLS = ${JSON.stringify(shells)};\n${worker.code}`;
      },
    },
  };
}

function tagsOf(path: string) {
  const app = apps.find((name) => path.startsWith(`/${name}/`));
  if (app === undefined) return [];
  const head = "head" as const;
  return [
    // A customer's manifest is its tenant's: the page itself knows whose it is.
    ...(app === "customer"
      ? []
      : [{ tag: "link", attrs: { rel: "manifest", href: `/${app}.webmanifest` }, injectTo: head }]),
    { tag: "link", attrs: { rel: "apple-touch-icon", href: `/icons/${app}-180.png` }, injectTo: head },
    { tag: "meta", attrs: { name: "mobile-web-app-capable", content: "yes" }, injectTo: head },
    { tag: "meta", attrs: { name: "apple-mobile-web-app-title", content: names[app] }, injectTo: head },
    { tag: "script", attrs: { type: "module", src: "/shared/app-shell.ts" }, injectTo: head },
  ];
}

function addPairing(app: ShellName, bundle: Rolldown.OutputBundle): void {
  const html = pageOf(app, bundle);
  const { styles, scripts } = linksOf(`/shared/pairing-page.tsx?of=${app}`, String(html.source), bundle);
  const links = [...styles, ...scripts].join("\n    ");
  html.source = String(html.source).replace("</head>", `  ${links}\n  </head>`);
}

function pageOf(app: ShellName, bundle: Rolldown.OutputBundle): Rolldown.OutputAsset {
  const html = bundle[`${app}/index.html`];
  if (html?.type !== "asset") throw new Error(`There is no page of ${app}.`);
  return html;
}

/** Everything a page needs, also what it loads later. */
function shellOf(app: ShellName, bundle: Rolldown.OutputBundle): Shell {
  const page = String(pageOf(app, bundle).source);
  const named = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, file = ""]) => file);
  const files = new Set<string>();
  const add = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    const chunk = bundle[file];
    if (chunk?.type !== "chunk") return;
    const { importedCss, importedAssets } = chunk.viteMetadata ?? { importedCss: [], importedAssets: [] };
    for (const next of [...chunk.imports, ...chunk.dynamicImports, ...importedCss, ...importedAssets]) add(next);
  };
  for (const file of named) add(file);
  const rooted = (file: string): string => `/${file}`;
  const version = createHash("sha256")
    .update([page, ...files].join("\n"))
    .digest("base64url")
    .slice(0, 12);
  return { version, page: `/${app}`, files: [...files].map(rooted), named: named.map(rooted) };
}
