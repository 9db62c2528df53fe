import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ListeningBrowser } from "../journey/listening-browser.ts";
import { handOver, tasca } from "./crew.ts";
import { choose, place, toCheckout } from "./guest.ts";
import { faultsFromTheRight, faultsOf } from "./soundness.ts";
import { goBackFromSheet, onABusyMachine, Stage } from "./stage.ts";

let stage: Stage;
let tablet: Page;
let desk: Page;

beforeAll(async () => {
  stage = await Stage.open();
  tablet = await stage.visit(stage.links.kitchen, "tablet");
  await stage.letIn(tablet, "Pass", tasca);
  desk = await stage.visit(stage.links.admin, "desk");
  await desk.getByRole("button", { name: "Sign in" }).click();
  await desk.getByRole("heading", { name: "Live board" }).waitFor();
});
afterAll(() => stage?.stop());
afterEach(() => stage.demandSilence());

const ticket = (code: string) => tablet.getByRole("listitem", { name: code });
const tap = (code: string, name: string | RegExp) => ticket(code).getByRole("button", { name }).click();
const heading = (name: string | RegExp) => desk.getByRole("heading", { name });

/** What axe finds, what is wider than 360 px, and what is when read from the right. */
async function expectSound(page: Page): Promise<void> {
  expect(await faultsOf(page)).toEqual([]);
  expect(await faultsFromTheRight(page)).toEqual([]);
  await page.locator("html").evaluate((html) => html.setAttribute("dir", "ltr"));
}

describe("at the desk", () => {
  let code: string;
  let phone: Page;

  it("every order is on the board as it goes, and a venue's pause is there at once", async () => {
    phone = await stage.visit(stage.links.customer, "phone");
    await choose(phone, "Custard tart");
    await choose(phone, "Custard tart");
    await toCheckout(phone);
    code = await place(phone);
    const lane = (name: string) => desk.getByRole("region", { name }).getByRole("link", { name: code });
    await lane("To be accepted").waitFor();
    await tap(code, "Ready in 30 min");
    await lane("In the kitchen").waitFor();
    await expectSound(desk);
    await desk.getByRole("button", { name: `Pace: ${tasca}` }).click();
    await desk.getByLabel("Why?").fill("The oven is broken");
    expect(await faultsOf(desk)).toEqual([]);
    await desk.getByRole("button", { name: "Until somebody says otherwise" }).click();
    await desk.getByText("paused", { exact: true }).waitFor();
    await stage.staff("POST", "/v1/venues/demo-1/resume", {});
    await desk
      .getByRole("row", { name: new RegExp(tasca) })
      .getByText("takes orders")
      .waitFor();
    await tap(code, "Start");
    await tap(code, "Ready");
    await handOver(tablet, code);
    await lane("Ready").waitFor({ state: "detached" });
  });

  it("an order is found by a name with the keyboard alone, and its page tells what everybody saw at each event", async () => {
    await desk.keyboard.press("/");
    await heading("Orders").waitFor();
    await desk.keyboard.press("/");
    await desk.keyboard.type("lovel");
    const row = desk.getByRole("row", { name: new RegExp(`${code}.*Ada Lovelace`) });
    await row.waitFor();
    expect(desk.url()).not.toContain("lovel");
    await expectSound(desk);
    await row.getByRole("link").focus();
    await desk.keyboard.press("Enter");
    await heading(`Order ${code}`).waitFor();
    // Whoever reads by ear begins at the top of the page that came.
    await expect.poll(() => desk.evaluate("document.activeElement.id")).toBe("content");
    await desk.getByText("Enjoy your meal").waitFor();
    const slider = desk.getByRole("slider", { name: "Time machine" });
    await slider.focus();
    await desk.keyboard.press("Home");
    for (let event = 1; event < 3; event += 1) await desk.keyboard.press("ArrowRight");
    await desk.getByText("Checking your payment").waitFor();
    await desk.getByText("No ticket", { exact: true }).waitFor();
    expect(desk.url()).toContain("?at=3");
    await desk.getByRole("button", { name: /Shown on a tablet/ }).click();
    await desk.getByText("A new ticket, to be accepted or rejected").waitFor();
    await desk.reload();
    await desk.getByText("The kitchen has your order", { exact: true }).waitFor();
    await expectSound(desk);
    await desk.getByRole("button", { name: "Show it" }).click();
    await desk
      .getByRole("row", { name: /order\.sent/ })
      .getByText("applied")
      .waitFor();
    await desk.getByRole("button", { name: "Back to now" }).click();
  });

  it("a portion is paid back once, though its answer is lost and the button pressed twice; the customer is told", async () => {
    let sent = 0;
    await desk.route("**/refunds", async (route) => {
      sent += 1;
      if (sent > 1) return route.continue();
      await route.fetch();
      await route.abort();
    });
    // The way back leaves the dialog, and not the page.
    await desk.getByRole("button", { name: "Pay back" }).click();
    await desk.getByRole("spinbutton").waitFor();
    await goBackFromSheet(desk);
    await desk.getByRole("dialog").waitFor({ state: "detached" });
    await heading(`Order ${code}`).waitFor();
    await desk.getByRole("button", { name: "Pay back" }).click();
    await desk.getByRole("spinbutton").fill("1");
    await desk.getByLabel("In words, for the customer").fill("One tart was missing.");
    expect(await faultsOf(desk)).toEqual([]);
    const button = desk.getByRole("button", { name: /^Pay back €/ });
    const amount = ((await button.textContent()) ?? "").replace("Pay back ", "");
    await button.dblclick({ delay: 0 });
    await desk.locator(".order-refunds").getByText("done", { exact: true }).waitFor();
    await desk.getByRole("dialog").waitFor({ state: "detached" });
    expect([sent, await desk.locator(".order-refunds li").count()]).toEqual([2, 1]);
    // The dialog has taken nothing with it.
    expect(await desk.evaluate("document.activeElement.textContent")).toBe("Pay back");
    await phone.getByText(`${amount} was paid back to you: something was missing: One tart was missing.`).waitFor();
    await phone.context().close();
  });

  it("an order taken down by phone is on the tablet, and its caller is known the next time", async () => {
    await desk.goto("/admin/phone-order");
    await desk.getByLabel("Venue").selectOption({ label: tasca });
    const call = async () => {
      await desk.getByLabel("Phone").fill("+49 30 5550123");
      await desk.getByLabel("Find a dish").focus();
      await desk.keyboard.type("bread");
      await desk.keyboard.press("Enter");
    };
    await call();
    await desk.getByLabel("Name").fill("Grace Hopper");
    const place_ = desk.getByRole("button", { name: /^Place the order · €/ });
    await place_.waitFor();
    await expectSound(desk);
    await desk.keyboard.press("Control+Enter");
    const done = await desk.getByText(/^Order \w{4} is placed$/).textContent();
    const taken = /Order (\w{4})/.exec(done ?? "")?.[1] ?? "";
    await ticket(taken).getByText("Grace H.").waitFor();
    await desk.getByRole("button", { name: "Next order" }).click();
    // The list is a moment behind.
    await expect
      .poll(
        async () => {
          await desk.getByLabel("Phone").fill("");
          await desk.getByLabel("Phone").fill("+49 30 5550123");
          return desk
            .getByRole("button", { name: "The same again" })
            .waitFor({ timeout: 2_000 })
            .then(
              () => true,
              () => false,
            );
        },
        { timeout: 20_000 },
      )
      .toBe(true);
    await desk.getByRole("button", { name: "The same again" }).click();
    await desk.getByRole("button", { name: /^Place the order · €/ }).waitFor();
    expect(await desk.getByLabel("Name").inputValue()).toBe("Grace Hopper");
  });

  it("the day's figures are drawn, and can be read as tables", async () => {
    await desk.getByRole("link", { name: "Figures" }).click();
    await desk.getByText("Orders by the hour").first().waitFor();
    await desk.getByRole("region", { name: "Orders by the hour" }).getByText("As a table").click();
    const hours = await desk.getByRole("region", { name: "Orders by the hour" }).getByRole("row").allInnerTexts();
    expect(hours.slice(1).reduce((sum, row) => sum + Number(row.split("\t")[1]), 0)).toBe(2);
    await desk.getByRole("row", { name: /Custard tart/ }).waitFor();
    await expectSound(desk);
  });
});

describe("nothing is lost", () => {
  it("when the session ends in the midst of an edit: it goes on where it was, after signing in again", async () => {
    await desk.goto("/admin/settings");
    await desk.getByLabel("Venue", { exact: true }).selectOption({ label: "Ramen Nordlicht" });
    await desk.getByLabel("Food usually takes (minutes)").fill("47");
    const other = await desk.context().newPage();
    await other.goto("/admin/settings");
    await other.getByRole("button", { name: "Sign out" }).click();
    await other.close();
    await desk.getByRole("heading", { name: "Your session has ended" }).waitFor();
    await desk.keyboard.press("Escape");
    expect(await faultsOf(desk)).toEqual([]);
    const secret = new URLSearchParams(new URL(stage.links.admin).hash.slice(1)).get("secret") ?? "";
    await desk.getByLabel("Secret").fill(secret);
    await desk.getByRole("dialog").getByRole("button", { name: "Sign in" }).click();
    await desk.getByRole("button", { name: "Save", exact: true }).click();
    await desk.getByText("Saved.").waitFor();
    expect(await desk.getByLabel("Food usually takes (minutes)").inputValue()).toBe("47");
  });

  it("when a page that asks again and again is cut off: it says so within five seconds", onABusyMachine, async () => {
    // Cut off before its first answer: also a page that has shown nothing yet says it.
    await desk.route("**/v1/**", () => undefined);
    await desk.getByRole("link", { name: "Carriers" }).click();
    await desk.getByRole("heading", { name: "Who brings deliveries" }).waitFor();
    const said = await desk
      .getByText("No connection.")
      .waitFor({ timeout: 5_000 })
      .then(
        () => true,
        () => false,
      );
    await desk.unroute("**/v1/**");
    expect(said).toBe(true);
    await desk.getByText("No connection.").waitFor({ state: "detached" });
  });
});

/** A headless Chromium has no push service: subscribing gives what one of the sandbox's would. */
const subscribing = ({ endpoint, keys }: { endpoint: string; keys: object }): string => `
  let subscription = null;
  PushManager.prototype.getSubscription = () => Promise.resolve(subscription);
  PushManager.prototype.subscribe = () => Promise.resolve(subscription = {
    endpoint: "${endpoint}",
    toJSON: () => (${JSON.stringify({ endpoint, keys })}),
    unsubscribe: () => Promise.resolve(true),
  });`;

it("the owner's browser is told of an order that no tablet shows, until it is told no more", async () => {
  const { harness } = stage;
  const { baseUrl: origin } = harness;
  const owner = new ListeningBrowser({ harness, tenant: "demo", ask: () => Promise.reject(new Error("not asked")) });
  const venue = (await (await fetch(`${origin}/v1/venues/demo-2`)).json()) as { settings: object };
  await stage.admin("PUT", "/v1/venues/demo-2", {
    ...venue.settings,
    hours: { pickup: [], delivery: [], "dine-in": [] },
    escalateAfter: ["PT5S", "PT6S", "PT7S"],
  });
  await desk.context().grantPermissions(["notifications"]);
  await desk.addInitScript(subscribing(owner.wanting({})));
  const cdp = await desk.context().newCDPSession(desk);
  const registered = new Promise<string>((resolve) => {
    cdp.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => scopeURL === `${origin}/admin`);
      if (own !== undefined) resolve(own.registrationId);
    });
  });
  await cdp.send("ServiceWorker.enable");
  await desk.goto("/admin/settings");
  await desk.getByRole("button", { name: "Tell this browser" }).click();
  await desk.getByText("This browser is told.").waitFor();
  const phone = await stage.visit("/demo/demo-2", "phone");
  await choose(phone, "Smashed cucumbers");
  await toCheckout(phone);
  const taken = await place(phone);
  await phone.context().close();
  const [told] = await owner.hears(1, 30_000);
  expect(told?.title).toContain(taken);
  // From the push service to the browser it comes by hand, and is shown by our service worker.
  const data = JSON.stringify(told);
  await cdp.send("ServiceWorker.deliverPushMessage", { origin, registrationId: await registered, data });
  const shown = `navigator.serviceWorker.ready
    .then((one) => one.getNotifications())
    .then((all) => all.map(({ title }) => title))`;
  await expect.poll(() => desk.evaluate<string[]>(shown)).toEqual([told?.title]);
  await desk.getByRole("button", { name: "Tell it no more" }).click();
  await desk.getByRole("button", { name: "Tell this browser" }).waitFor();
});
