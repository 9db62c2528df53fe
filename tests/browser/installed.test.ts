import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { beginShift, crewOf } from "./crew.ts";
import { Deployment } from "./deployment.ts";
import { bread, choose, forDelivery, place, toCheckout, told } from "./guest.ts";
import { contrastFaultsOf, faultsFromTheRight } from "./soundness.ts";
import { Stage } from "./stage.ts";

let stage: Stage;
let tablet: Page;
let driver: Page;
let phone: Page;
let code: string;

beforeAll(async () => {
  stage = await Stage.open();
  ({ tablet, driver } = await crewOf(stage));
  await beginShift(driver);
  phone = await stage.visit(stage.links.customer, "phone");
  await choose(phone, bread);
  await toCheckout(phone);
  await forDelivery(phone);
  code = await place(phone);
});
afterAll(() => stage?.stop());
afterEach(() => stage.demandSilence());

const ticket = (): ReturnType<Page["getByRole"]> => tablet.getByRole("listitem", { name: code });

describe("a page that was opened once", () => {
  it("is kept by a service worker of its own scope, and answers of the API are not", async () => {
    for (const [page, scope] of [
      [tablet, "/kitchen"],
      [driver, "/driver"],
      [phone, "/demo"],
    ] as const) {
      await kept(page);
      const registered = await page.evaluate<string[]>(
        "navigator.serviceWorker.getRegistrations().then((all) => all.map(({ scope }) => new URL(scope).pathname))",
      );
      expect(registered).toEqual([scope]);
      const urls = await page.evaluate<string[]>(
        `caches.keys().then(async (names) => {
          const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
          return all.flat().map(({ url }) => new URL(url).pathname);
        })`,
      );
      expect(urls.length).toBeGreaterThan(3);
      expect(urls.filter((url) => url.startsWith("/v1/"))).toEqual([]);
    }
  });

  it("can be installed: its manifest names its scope, and pictures that are there", async () => {
    const Manifest = z.object({
      name: z.string(),
      start_url: z.string(),
      scope: z.string(),
      display: z.literal("standalone"),
      icons: z.array(z.object({ src: z.string(), sizes: z.string(), purpose: z.string().optional() })),
    });
    for (const [page, scope] of [
      [tablet, "/kitchen"],
      [driver, "/driver"],
      [phone, "/demo"],
    ] as const) {
      const href = (await page.locator("link[rel=manifest]").getAttribute("href")) ?? "";
      const answer = await fetch(stage.harness.baseUrl + href);
      expect(answer.headers.get("content-type")).toMatch(/^application\/manifest\+json/);
      const manifest = Manifest.parse(await answer.json());
      expect(manifest).toMatchObject({ start_url: scope, scope });
      expect(manifest.icons.map(({ purpose, sizes }) => `${purpose ?? "any"} ${sizes}`)).toEqual(
        expect.arrayContaining(["any 192x192", "any 512x512", "maskable 512x512"]),
      );
      for (const { src, sizes } of manifest.icons) expect(await sizeOf(stage.harness.baseUrl + src)).toBe(sizes);
    }
    expect((await fetch(`${stage.harness.baseUrl}/nobody/app.webmanifest`)).status).toBe(404);
  });
});

describe("loaded again without any network,", () => {
  it("a tablet shows the board as it was known last, what was done on it, and goes on", async () => {
    await ticket()
      .getByRole("button", { name: /^Accept/ })
      .waitFor();
    await expect.poll(() => rememberedBy(tablet, "kitchen.board.demo-1")).toContain(code);
    await tablet.context().setOffline(true);
    await tablet.getByText("No connection.").waitFor();
    await ticket()
      .getByRole("button", { name: /^Accept/ })
      .click();
    await tablet.reload();
    await tablet.getByText("What you see is from").waitFor();
    await tablet.getByRole("heading", { name: "Tasca da Esquina" }).waitFor();
    await ticket().getByRole("button", { name: bread }).waitFor();
    await tablet.getByText("Done here and not sent yet: 1").waitFor();
    await ticket().getByRole("button", { name: "Ready" }).click();
    await tablet.context().setOffline(false);
    await ticket().getByRole("button", { name: "Handed over" }).waitFor();
    await tablet.getByText("No connection.").waitFor({ state: "detached" });
    await tablet.getByRole("button", { name: "OK", exact: true }).click();
  });

  it("a driver’s phone shows the delivery and what waits to be sent", async () => {
    await driver.getByRole("button", { name: "Take it" }).click();
    await driver.getByRole("button", { name: "I am there" }).waitFor();
    // Its code stands in the offer already.
    await expect.poll(() => rememberedBy(driver, "driver.phone")).toContain('"to-venue"');
    await driver.context().setOffline(true);
    await driver.getByText("No connection.").waitFor();
    await driver.getByRole("button", { name: "I am there" }).click();
    await driver.reload();
    await driver.getByText("Done here and not sent yet: 1").waitFor();
    await driver.getByRole("button", { name: "I have the food" }).click();
    await driver.getByRole("heading", { name: "Go to the customer" }).waitFor();
    await driver.context().setOffline(false);
    await told(phone, "On its way to you");
  });

  it("a guest’s phone shows the menu, and how old it is, until it can be had anew", async () => {
    const guest = await stage.visit(stage.links.customer, "phone");
    await guest.getByRole("button", { name: bread }).waitFor();
    await kept(guest);
    await expect.poll(() => rememberedBy(guest, "menu.dishes.demo-1")).toContain("couvert");
    await guest.context().setOffline(true);
    await guest.getByText("No connection.").waitFor();
    await guest.reload();
    await guest.getByText("What you see is from").waitFor();
    await guest.getByRole("button", { name: bread }).waitFor();
    await guest.context().setOffline(false);
    await guest.getByText("No connection.").waitFor({ state: "detached" });
    await guest.context().close();
  });
});

describe("a new version", () => {
  it("is told of, leaves the open page whole, is there after a reload, and then also without a network", async () => {
    const deployment = await Deployment.before(stage.harness.baseUrl, "/kitchen");
    const page = await stage.visit(`${deployment.baseUrl}/kitchen`, "tablet");
    await kept(page);
    deployment.deploy();
    expect((await fetch(deployment.baseUrl + deployment.older)).status).toBe(404);
    await page.evaluate("navigator.serviceWorker.ready.then((one) => one.update()).then(() => 0)");
    await page.getByText("There is a new version of this page.").waitFor();
    expect(await page.evaluate(`fetch("${deployment.older}").then(({ status }) => status)`)).toBe(200);
    await page.getByRole("button", { name: "Load it" }).click();
    await page.locator(`script[src="${deployment.newer}"]`).waitFor({ state: "attached" });
    await kept(page);
    await page.context().setOffline(true);
    await page.reload();
    await page.locator(`script[src="${deployment.newer}"]`).waitFor({ state: "attached" });
    await page.getByRole("heading", { name: "Connect this tablet" }).waitFor();
    expect(await page.getByText("There is a new version").count()).toBe(0);
    await page.context().close();
    await deployment.stop();
  });
});

it("shows what is pushed to it, with the page it leads to", async () => {
  await phone.context().grantPermissions(["notifications"]);
  const session = await phone.context().newCDPSession(phone);
  const registered = new Promise<string>((resolve) => {
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => scopeURL === `${stage.harness.baseUrl}/demo`);
      if (own !== undefined) resolve(own.registrationId);
    });
  });
  await session.send("ServiceWorker.enable");
  const data = JSON.stringify({ title: "On its way", body: "There at 18:40", url: "/demo/orders/ord_1", tag: "ord_1" });
  const { baseUrl: origin } = stage.harness;
  await session.send("ServiceWorker.deliverPushMessage", { origin, registrationId: await registered, data });
  const shown = `navigator.serviceWorker.ready
    .then((one) => one.getNotifications())
    .then((all) => all.map(({ title, body, tag, data }) => [title, body, tag, data.url].join(" | ")))`;
  await expect
    .poll(() => phone.evaluate<string[]>(shown))
    .toEqual(["On its way | There at 18:40 | ord_1 | /demo/orders/ord_1"]);
});

describe("every app", () => {
  it("fits the screen when it is read from right to left", async () => {
    for (const page of [tablet, driver, phone]) expect(await faultsFromTheRight(page)).toEqual([]);
    const guest = await stage.visit("/demo/demo-1?dir=rtl", "phone");
    await guest.getByRole("button", { name: "Charcoal chicken" }).click();
    await guest.getByRole("dialog").waitFor();
    expect(await faultsFromTheRight(guest)).toEqual([]);
    await guest.context().close();
    for (const path of ["/", "/admin", "/demo"]) {
      const other = await stage.visit(`${path}?dir=rtl`, "phone");
      await other.locator("h1").first().waitFor();
      expect(await other.locator("html").getAttribute("dir")).toBe("rtl");
      expect(await faultsFromTheRight(other)).toEqual([]);
      await other.context().close();
    }
  });

  it("can be read with more contrast, asked of the machine or of the app", async () => {
    for (const page of [tablet, driver, phone]) {
      await page.emulateMedia({ contrast: "more" });
      expect(await contrastFaultsOf(page)).toEqual([]);
      await page.emulateMedia({ contrast: "no-preference" });
    }
    await phone.getByRole("button", { name: "Light and contrast" }).click();
    await phone.getByText("High", { exact: true }).click();
    await phone.getByText("Dark", { exact: true }).click();
    expect(await phone.locator("html").getAttribute("data-contrast")).toBe("more");
    expect(await contrastFaultsOf(phone)).toEqual([]);
    await phone.reload();
    expect(await phone.locator("html").getAttribute("data-scheme")).toBe("dark");
  });
});

/** Waits until the page is kept here, and its service worker stands before it. */
async function kept(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate("navigator.serviceWorker.controller?.state")).toBe("activated");
}

/** What is written down of what is on the screen. */
function rememberedBy(page: Page, name: string): Promise<string> {
  return page.evaluate<string>(`new Promise((resolve) => {
    const opening = indexedDB.open("comanda", 1);
    opening.onsuccess = () => {
      const reading = opening.result.transaction("remembered").objectStore("remembered").get("${name}");
      reading.onsuccess = () => {
        opening.result.close();
        resolve(JSON.stringify(reading.result ?? null));
      };
    };
  })`);
}

/** Width and height of a PNG, from its header. */
async function sizeOf(url: string): Promise<string> {
  const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
  return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`;
}
