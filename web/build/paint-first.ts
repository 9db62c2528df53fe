import type { Plugin } from "vite";

/**
 * What is painted with comes before the script. A customer's page can be read before its script, which therefore does
 * not share a thin line with it; a crew's page shows whose it is until its script draws it.
 */
export function paintFirst(): Plugin {
  return {
    name: "paint-first",
    transformIndexHtml: {
      order: "post",
      handler: (page, { path }) => {
        if (path.startsWith("/customer/")) return unhurried(sorted(page));
        return crews.some((app) => path.startsWith(`/${app}/`)) ? begun(sorted(page)) : page;
      },
    },
  };
}

const crews = ["kitchen", "driver", "admin"];
const script = /[ \t]*<(?:script type="module"|link rel="modulepreload")/;
const styles = /[ \t]*<link rel="stylesheet"[^>]*>\n?/g;

function sorted(page: string): string {
  const sheets = page.match(styles)?.join("") ?? "";
  const rest = page.replaceAll(styles, "");
  const at = rest.search(script);
  if (sheets === "" || at < 0) throw new Error("A page has neither styles nor a script of its own.");
  return rest.slice(0, at) + sheets + rest.slice(at);
}

function unhurried(page: string): string {
  return page.replaceAll(/<(script type="module"|link rel="modulepreload")/g, '<$1 fetchpriority="low"');
}

function begun(page: string): string {
  const place = '<div id="app"></div>';
  if (!page.includes(place)) throw new Error("A page has no place to be drawn in.");
  return page.replace(place, `${place}\n    <p class="waiting">Comanda</p>`);
}
