import type { Plugin } from "vite";

/**
 * A customer's page can be read before its script: what is painted with comes first, and does not share a thin line with
 * what only makes it move.
 */
export function paintFirst(): Plugin {
  return {
    name: "paint-first",
    transformIndexHtml: {
      order: "post",
      handler: (page, { path }) => (path.startsWith("/customer/") ? sorted(page) : page),
    },
  };
}

const script = /[ \t]*<(?:script type="module"|link rel="modulepreload")/;
const styles = /[ \t]*<link rel="stylesheet"[^>]*>\n?/g;

function sorted(page: string): string {
  const sheets = page.match(styles)?.join("") ?? "";
  const rest = page.replaceAll(styles, "");
  const at = rest.search(script);
  if (sheets === "" || at < 0) throw new Error("A customer's page has neither styles nor a script of its own.");
  return (rest.slice(0, at) + sheets + rest.slice(at)).replaceAll(
    /<(script type="module"|link rel="modulepreload")/g,
    '<$1 fetchpriority="low"',
  );
}
