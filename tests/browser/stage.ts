import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { expect } from "vitest";
import { findChromium } from "../../scripts/chromium.ts";
import { links } from "../../scripts/links.ts";
import { root } from "../../scripts/project.ts";
import { seed } from "../../scripts/seed.ts";
import { buildWeb } from "../../scripts/wrangler.ts";
import { operator, startHarness, type Harness } from "../harness.ts";

/** Nothing but the pages may speak on the network, and everything must run in a container without a screen. */
const switches = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

const screens = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true },
  tablet: { viewport: { width: 1024, height: 768 }, hasTouch: true },
  desk: { viewport: { width: 1280, height: 800 } },
} as const satisfies Record<string, BrowserContextOptions>;

/** For what is said within so many seconds: a machine that stands still for one of them says nothing of the app. */
export const onABusyMachine = { retry: 2 } as const;

/** Takes the way back once it closes the open sheet: before that it would leave the page. */
export async function goBackFromSheet(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate("JSON.stringify(history.state)")).toMatch("sheet");
  await page.goBack();
}

/** The real workers with the demo tenant, and browsers to walk through them. */
export class Stage {
  readonly harness: Harness;
  readonly links: ReturnType<typeof links>;
  #complaints: string[] = [];
  readonly #clients: Awaited<ReturnType<typeof seed>>["clients"];
  readonly #browser: Browser;

  private constructor(harness: Harness, browser: Browser, credentials: Awaited<ReturnType<typeof seed>>) {
    this.harness = harness;
    this.#browser = browser;
    this.#clients = credentials.clients;
    this.links = links(credentials);
  }

  static async open(): Promise<Stage> {
    const executablePath = findChromium();
    if (executablePath === undefined) throw new Error("There is no Chromium: npm test -- --only browser installs one.");
    if (!existsSync(join(root, "web/dist/index.html"))) await buildWeb();
    const harness = await startHarness();
    const stateDir = mkdtempSync(join(tmpdir(), "comanda-browser-"));
    try {
      const credentials = await seed({ baseUrl: harness.baseUrl, operator, stateDir, log: () => undefined });
      const browser = await chromium.launch({ executablePath, args: switches });
      return new Stage(harness, browser, credentials);
    } catch (error) {
      harness.debug();
      await harness.stop();
      throw error;
    } finally {
      rmSync(stateDir, { recursive: true, force: true });
    }
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await this.harness.stop();
  }

  /** Throws what pages have written to the console since the last call: uncaught errors, what the CSP refused. */
  demandSilence(): void {
    const said = this.#complaints;
    this.#complaints = [];
    if (said.length > 0) throw new Error(said.join("\n"));
  }

  /** A browser of its own, as of another person: nothing is shared with those opened before. */
  async visit(url: string, screen: keyof typeof screens, more: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.#browser.newContext({
      ...screens[screen],
      baseURL: this.harness.baseUrl,
      locale: "en-GB",
      timezoneId: "Europe/Berlin",
      reducedMotion: "reduce",
      ...more,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    context.on("request", (request) => {
      const { origin, protocol, href } = new URL(request.url());
      if (protocol.startsWith("http") && origin !== new URL(url, this.harness.baseUrl).origin) {
        this.#complaints.push(`${page.url()}: asks ${href}`);
      }
    });
    page.on("pageerror", (error) => this.#complaints.push(`${page.url()}: ${error.message}`));
    page.on("console", (message) => {
      // That a request was refused or got lost, Chromium writes down by itself.
      const isTraffic = /^Failed to load resource|^WebSocket connection to/.test(message.text());
      if (message.type() === "error" && !isTraffic) this.#complaints.push(`${page.url()}: ${message.text()}`);
    });
    await page.goto(url);
    return page;
  }

  /** Lets in the device that shows a code, as an admin who has scanned it. */
  async letIn(device: Page, name: string, venue?: string): Promise<void> {
    const link = await device.locator(".pairing-slip a").getAttribute("href");
    const admin = await this.visit(this.links.admin, "desk");
    await admin.getByRole("button", { name: "Sign in" }).click();
    await admin.getByRole("button", { name: "Sign out" }).waitFor();
    await admin.goto(link ?? "");
    await admin.getByLabel(/Name of the tablet|Whose phone/).fill(name);
    if (venue !== undefined) await admin.getByLabel(venue).check();
    await admin.getByRole("button", { name: "Let in" }).click();
    await admin.getByText(`“${name}” is let in`).waitFor();
    await admin.context().close();
  }

  /** What staff do elsewhere, by the API. */
  async staff(method: "PUT" | "POST", path: string, body: object): Promise<void> {
    await this.#ask(this.#clients.staff, method, path, body);
  }

  /** What an admin decides elsewhere, by the API. */
  async admin(method: "PUT" | "POST", path: string, body: object): Promise<void> {
    await this.#ask(this.#clients.admin, method, path, body);
  }

  /** What an admin reads elsewhere, by the API. */
  read(path: string): Promise<unknown> {
    return this.#ask(this.#clients.admin, "GET", path);
  }

  async #ask(client: { id: string; secret: string }, method: "GET" | "PUT" | "POST", path: string, body?: object) {
    const { baseUrl } = this.harness;
    const grant = { grant_type: "client_credentials", client_id: client.id, client_secret: client.secret };
    const answer = await fetch(`${baseUrl}/v1/oauth/token`, { method: "POST", body: new URLSearchParams(grant) });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    const response = await fetch(baseUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        "idempotency-key": crypto.randomUUID(),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    const text = await response.text();
    return text === "" ? null : (JSON.parse(text) as unknown);
  }
}
