import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { ensureChromium } from "../chromium.ts";
import type { Scene } from "./scene.ts";
import { type Screen, sizes } from "./screen.ts";

export interface Light {
  readonly contrast: boolean;
  readonly rtl: boolean;
}

export interface Picture {
  readonly screen: string;
  readonly size: string;
  readonly scheme: "light" | "dark";
  /** Relative to the album's folder. */
  readonly file: string;
}

/** What one screen has become: its pictures, what went wrong on the way to them, and where it can be scrolled sideways. */
export interface Exposure {
  readonly pictures: readonly Picture[];
  readonly faults: readonly string[];
}

const patienceMs = 8_000;
const here = { latitude: 52.5401, longitude: 13.4102 };

/** Visits screens and takes pictures of them at every size, in the light and in the dark. */
export class Camera {
  readonly #browser: Browser;
  readonly #folder: string;
  readonly #light: Light;

  private constructor(browser: Browser, folder: string, light: Light) {
    this.#browser = browser;
    this.#folder = folder;
    this.#light = light;
  }

  static async open(folder: string, light: Light): Promise<Camera> {
    const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"];
    return new Camera(await chromium.launch({ executablePath: await ensureChromium(), args }), folder, light);
  }

  close(): Promise<void> {
    return this.#browser.close();
  }

  async take(screen: Screen, scene: Scene): Promise<Exposure> {
    const faults: string[] = [];
    const context = await this.#contextOf(screen, scene);
    try {
      await screen.before?.(scene);
      const page = await context.newPage();
      page.setDefaultTimeout(patienceMs);
      page.on("pageerror", ({ message }) => faults.push(message));
      await this.#reach(page, screen, scene).catch((error: unknown) => faults.push(firstLine(error)));
      return { pictures: await this.#shoot(page, screen, faults), faults };
    } catch (error) {
      return { pictures: [], faults: [...faults, firstLine(error)] };
    } finally {
      await context.close();
    }
  }

  async #contextOf({ viewer }: Screen, scene: Scene): Promise<BrowserContext> {
    const context = await this.#browser.newContext({
      baseURL: scene.baseUrl,
      viewport: { width: sizes[0].width, height: sizes[0].height },
      locale: "en-GB",
      timezoneId: "Europe/Berlin",
      reducedMotion: "reduce",
      contrast: this.#light.contrast ? "more" : "no-preference",
      // Every visit is the first one: nothing but what the screen's own line says has happened in this browser.
      serviceWorkers: "block",
      permissions: ["geolocation"],
      geolocation: here,
    });
    if (viewer === "nobody") return context;
    const [name, value] = await scene.kept(viewer);
    await context.addInitScript(`localStorage.setItem(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
    return context;
  }

  async #reach(page: Page, { at, steps, cutOff }: Screen, scene: Scene): Promise<void> {
    const address = new URL(at(scene), scene.baseUrl);
    if (this.#light.rtl) address.searchParams.set("dir", "rtl");
    await page.goto(address.href);
    await page.locator("h1, h2, main").first().waitFor();
    await page.waitForLoadState("networkidle", { timeout: 2_000 }).catch(() => undefined);
    if (cutOff) await page.context().setOffline(true);
    await steps?.(page, scene);
    await page.waitForTimeout(250);
  }

  async #shoot(page: Page, { name, whole }: Screen, faults: string[]): Promise<Picture[]> {
    const pictures: Picture[] = [];
    for (const { name: size, width, height } of sizes) {
      await page.setViewportSize({ width, height });
      for (const scheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme: scheme });
        const file = `${name}-${size}-${scheme}.png`;
        await page.screenshot({ path: join(this.#folder, file), fullPage: whole === true, animations: "disabled" });
        pictures.push({ screen: name, size, scheme, file });
      }
      const [all, shown] = await page
        .locator("html")
        .evaluate(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth] as const);
      if (all > shown) faults.push(`scrolls sideways at ${size}: ${all} px`);
    }
    return pictures;
  }
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error)
    .split("\n")
    .slice(0, 3)
    .join(" ");
}
