import type { Rolldown } from "vite";

interface Links {
  readonly styles: string[];
  readonly scripts: string[];
}

/**
 * The links that fetch what a module draws with together with a page, less what the page names itself. `module` is the
 * end of its id, as `/shared/pairing-page.tsx?of=driver`.
 */
export function linksOf(module: string, page: string, bundle: Rolldown.OutputBundle): Links {
  const drawnBy = Object.values(bundle).find(
    (file) => file.type === "chunk" && file.facadeModuleId?.endsWith(module) === true,
  );
  if (drawnBy?.type !== "chunk") throw new Error(`There is no script of its own for ${module}.`);
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
  const isNew = (file: string): boolean => !page.includes(`"/${file}"`);
  return {
    styles: [...styles].filter(isNew).map((file) => `<link rel="stylesheet" crossorigin href="/${file}">`),
    scripts: [...scripts].filter(isNew).map((file) => `<link rel="modulepreload" crossorigin href="/${file}">`),
  };
}
