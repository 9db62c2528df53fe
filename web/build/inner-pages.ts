import type { Plugin, Rolldown } from "vite";
import { type InnerPage, innerPages } from "../../contracts/addresses.ts";

/**
 * A page of the customer's app that is opened by its address, as from a link in a mail, fetches what draws it together
 * with the app, not after it: a round trip less on a phone. Each is a file of its own beside the app's.
 */
export function innerPagesAhead(): Plugin {
  return {
    name: "inner-pages-ahead",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const app = bundle["customer/index.html"];
        if (app?.type !== "asset") throw new Error("There is no page of the customer's app.");
        // Nothing can be read here before the scripts have come.
        const whole = String(app.source).replaceAll(' fetchpriority="low"', "");
        for (const page of innerPages) {
          const links = linksOf(page, whole, bundle).join("\n    ");
          const source = whole.replace("</head>", `  ${links}\n  </head>`);
          this.emitFile({ type: "asset", fileName: `customer/${page}.html`, source });
        }
      },
    },
  };
}

function linksOf(page: InnerPage, app: string, bundle: Rolldown.OutputBundle): string[] {
  const drawnBy = Object.values(bundle).find(
    (file) => file.type === "chunk" && file.facadeModuleId?.endsWith(`/customer/${page}-page.tsx`) === true,
  );
  if (drawnBy?.type !== "chunk") throw new Error(`Nothing draws the page ${page}.`);
  const styles = new Set<string>();
  const scripts = new Set<string>();
  const add = (file: string): void => {
    const chunk = bundle[file];
    if (scripts.has(file) || chunk?.type !== "chunk") return;
    scripts.add(file);
    for (const sheet of chunk.viteMetadata?.importedCss ?? []) styles.add(sheet);
    for (const next of chunk.imports) add(next);
  };
  add(drawnBy.fileName);
  const isNew = (file: string): boolean => !app.includes(`"/${file}"`);
  return [
    ...[...styles].filter(isNew).map((file) => `<link rel="stylesheet" crossorigin href="/${file}">`),
    ...[...scripts].filter(isNew).map((file) => `<link rel="modulepreload" crossorigin href="/${file}">`),
  ];
}
