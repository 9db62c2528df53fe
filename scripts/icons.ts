import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { ensureChromium } from "./chromium.ts";
import { root } from "./project.ts";

/**
 * Draws the icons in web/public/icons from one slip of paper, each app's on a ground of its own, so that three of them
 * on one home screen can be told apart: `node scripts/icons.ts`. They are kept in the repository, for a build has no
 * browser.
 */
const folder = join(root, "web/public/icons");
const grounds = { customer: "#1f3fae", kitchen: "#8d1f14", driver: "#0c5a35", admin: "#171c2b" } as const;
const paper = "#fdf9f0";

/** How much of the icon the slip takes: a maskable one may be cut to a circle of four fifths. */
const fits = { any: 0.72, maskable: 0.52 } as const;

const browser = await chromium.launch({
  executablePath: await ensureChromium(),
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage();
mkdirSync(folder, { recursive: true });
for (const [app, ground] of Object.entries(grounds)) {
  await draw(`${app}-192`, 192, icon(ground, fits.any, 40));
  await draw(`${app}-512`, 512, icon(ground, fits.any, 40));
  await draw(`${app}-maskable-512`, 512, icon(ground, fits.maskable, 0));
  // Apple rounds the corners itself, and shows what is transparent black.
  await draw(`${app}-180`, 180, icon(ground, fits.any, 0));
}
// A badge in the status bar is only its outline.
await draw(
  "badge-96",
  96,
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200">${slip("#fff", 0.9, "#000", true)}</svg>`,
);
await browser.close();

function icon(ground: string, fit: number, round: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200"><rect width="200" height="200" rx="${round}" fill="${ground}"/>${slip(paper, fit, ground, false)}</svg>`;
}

/** A slip with a torn edge and three lines written on it; `hollow` cuts the lines out. */
function slip(fill: string, fit: number, ink: string, hollow: boolean): string {
  const paperPath = "M5 2h22v27l-3.667-2.5L19.667 29 16 26.5 12.333 29l-3.666-2.5L5 29z";
  const lines = `<path d="M10.5 9h11M10.5 14h11M10.5 19h6" fill="none" stroke-width="2.4" stroke-linecap="square" stroke="${hollow ? "#000" : ink}"/>`;
  const body = `<path d="${paperPath}" fill="${hollow ? "#fff" : fill}"/>${lines}`;
  const size = 200 * fit;
  const place = `translate(${100 - size / 2} ${100 - size / 2}) scale(${size / 32})`;
  if (!hollow) return `<g transform="${place}">${body}</g>`;
  return `<mask id="m"><g transform="${place}">${body}</g></mask><rect width="200" height="200" fill="${fill}" mask="url(#m)"/>`;
}

async function draw(name: string, size: number, svg: string): Promise<void> {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
  writeFileSync(join(folder, `${name}.png`), await page.screenshot({ omitBackground: true }));
}
