import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

const narrow = { width: 360, height: 740 };

/**
 * What is wrong with a page as it stands now, in words: what axe finds serious, in the light and in the dark, and where
 * it can be scrolled sideways at 360 px, in each language.
 */
export async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    // Without frames there is nothing to gather from a page of axe's own.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    // The dark differs from the light in colours, and in nothing else.
    const { violations } = await (colorScheme === "dark" ? axe.withRules("color-contrast") : axe).analyze();
    for (const { id, impact, nodes } of violations) {
      if (impact !== "serious" && impact !== "critical") continue;
      faults.push(...nodes.map(({ target }) => `${colorScheme}: ${id} at ${target.join(" ")}`));
    }
  }
  const before = page.viewportSize();
  await page.setViewportSize(narrow);
  for (const language of ["Deutsch", "English"]) {
    const button = page.getByRole("button", { name: language });
    // Behind an open sheet nothing can be clicked, and the page for wrong addresses speaks both at once.
    if (await button.isVisible()) await button.dispatchEvent("click");
    faults.push(...(await tooWide(page)).map((what) => `${language}: ${what} is wider than the screen`));
  }
  if (before !== null) await page.setViewportSize(before);
  return faults;
}

/** Where a page can be scrolled sideways when it is read from right to left, at 360 px and as wide as it is. */
export async function faultsFromTheRight(page: Page): Promise<string[]> {
  const before = page.viewportSize();
  await page.locator("html").evaluate((html) => html.setAttribute("dir", "rtl"));
  const faults = await tooWide(page);
  await page.setViewportSize(narrow);
  faults.push(...(await tooWide(page)).map((what) => `360 px: ${what}`));
  if (before !== null) await page.setViewportSize(before);
  return faults;
}

/** What cannot be read as the page stands now, in the light and in the dark. */
export async function contrastFaultsOf(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().withRules("color-contrast").analyze();
    faults.push(...violations.flatMap(({ nodes }) => nodes.map(({ target }) => `${colorScheme}: ${target.join(" ")}`)));
  }
  return faults;
}

/** What sticks out at either side, where the page can be scrolled there. */
async function tooWide(page: Page): Promise<string[]> {
  const html = page.locator("html");
  const [whole, shown] = await html.evaluate(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth] as const);
  if (whole <= shown) return [];
  const out = await page
    .locator("body *")
    .evaluateAll(
      (all, edge) =>
        all
          .filter((one) => one.getBoundingClientRect().right > edge || one.getBoundingClientRect().left < 0)
          .map(({ tagName, className }) => `${tagName} ${String(className)}`),
      shown,
    );
  return out.length === 0 ? ["the page"] : out;
}
