import type { Exposure } from "./camera.ts";

/** All pictures on one page, a row for each screen. */
export function albumOf(exposures: ReadonlyMap<string, Exposure>): string {
  const rows = [...exposures].map(
    ([name, { pictures, faults }]) => `<section id="${name}">
  <h2><a href="#${name}">${name}</a></h2>
  ${faults.map((fault) => `<p>${escaped(fault)}</p>`).join("\n  ")}
  <div>${pictures
    .map(
      ({ file, size, scheme }) =>
        `<a href="${file}"><img src="${file}" alt="" loading="lazy" data-size="${size}"><span>${size} ${scheme}</span></a>`,
    )
    .join("")}</div>
</section>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Comanda, every screen</title>
<style>
  body { font: 15px/1.4 system-ui, sans-serif; margin: 2rem; background: #e9e6df; color: #1a1d26; }
  h2 { font-size: 1rem; margin: 2rem 0 .5rem; }
  h2 a { color: inherit; }
  div { display: flex; gap: 1rem; overflow-x: auto; align-items: start; padding-block-end: .5rem; }
  div a { flex: none; display: grid; color: inherit; }
  img { display: block; block-size: 22rem; border: 1px solid #b9b3a6; }
  p { color: #8d1f14; margin: .2rem 0; }
</style>
<h1>Comanda, every screen</h1>
${rows.join("\n")}
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
