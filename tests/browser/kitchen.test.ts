import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { handOver, tasca } from "./crew.ts";
import { bread, choose, place, toCheckout, told } from "./guest.ts";
import { goBackFromSheet, Stage } from "./stage.ts";

let stage: Stage;
let tablet: Page;
let other: Page;

beforeAll(async () => {
  stage = await Stage.open();
  [tablet, other] = await Promise.all([
    stage.visit(stage.links.kitchen, "tablet"),
    stage.visit(stage.links.kitchen, "tablet"),
  ]);
  await Promise.all([stage.letIn(tablet, "Pass", tasca), stage.letIn(other, "Stove", tasca)]);
  await Promise.all([tablet, other].map((page) => page.getByRole("heading", { name: tasca }).waitFor()));
});
afterAll(() => stage?.stop());
afterEach(() => stage.demandSilence());

const ticket = (page: Page, code: string): Locator => page.getByRole("listitem", { name: code });
const button = (page: Page, code: string, name: string | RegExp): Locator =>
  ticket(page, code).getByRole("button", { name });

async function order(...dishes: string[]): Promise<{ phone: Page; code: string }> {
  const phone = await stage.visit(stage.links.customer, "phone");
  for (const dish of dishes) await choose(phone, dish);
  await toCheckout(phone);
  const code = await place(phone);
  await told(phone, "The kitchen has your order");
  return { phone, code };
}

/** The venue as everybody else sees it. */
async function house(): Promise<unknown> {
  return (await fetch(`${stage.harness.baseUrl}/v1/venues/demo-1`)).json();
}

describe("a tablet without a connection", () => {
  it("takes what the crew does, says that it is not sent, and tells of each what became of it", async () => {
    const [one, two] = [await order(bread), await order(bread)];
    await tablet.context().setOffline(true);
    await tablet.getByText("No connection.").waitFor();

    await button(tablet, one.code, /^Accept/).click();
    await button(tablet, one.code, bread).click();
    await button(tablet, two.code, /^Accept/).click();
    await ticket(tablet, one.code).getByText("Not sent yet").waitFor();
    await tablet.getByText("Done here and not sent yet: 3").waitFor();
    await button(tablet, one.code, "Ready").click();
    // The other tablet knows nothing of it, and refuses one of the two meanwhile.
    await button(other, two.code, "Reject").click();
    await button(other, two.code, "Too busy").click();
    await other.getByRole("button", { name: "Send now" }).click();
    await ticket(other, two.code).waitFor({ state: "detached" });
    expect(await button(other, one.code, /^Accept/).isVisible()).toBe(true);

    await tablet.context().setOffline(false);
    await told(one.phone, "Ready: come and get it");
    await button(other, one.code, "Handed over").waitFor();
    const outcomes = tablet.locator(".pending-outcomes li");
    await expect.poll(() => outcomes.count()).toBe(4);
    const texts = await outcomes.allInnerTexts();
    expect(texts.filter((text) => text.startsWith(one.code) && text.includes("✓ sent"))).toHaveLength(3);
    expect(texts).toEqual(
      expect.arrayContaining([
        expect.stringMatching(new RegExp(`^${one.code} Line done: 1× ${bread} · `)),
        expect.stringMatching(
          new RegExp(`^${two.code} Accept: Ready at .* ✕ not taken: .* It is now: Rejected, Too busy`),
        ),
      ]),
    );
    await tablet.getByRole("button", { name: "OK", exact: true }).click();
    await outcomes.first().waitFor({ state: "detached" });

    await handOver(other, one.code);
    await ticket(tablet, one.code).waitFor({ state: "detached" });
    await Promise.all([one, two].map(({ phone }) => phone.context().close()));
  });

  it("goes on by answers where only the socket is silent, and is right when it speaks again", async () => {
    const { phone, code } = await order(bread);
    let silent = true;
    await tablet.context().routeWebSocket(/\/live/, (socket) => {
      if (silent) void socket.close({ code: 1011 });
      else socket.connectToServer();
    });
    await tablet.evaluate('dispatchEvent(new Event("offline"))');
    await tablet.getByText("No connection.").waitFor();
    await button(tablet, code, /^Accept/).click();
    await told(phone, "The kitchen said yes");
    await button(tablet, code, bread).click();
    await button(other, code, bread).and(other.locator('[aria-pressed="true"]')).waitFor();
    await expect.poll(() => tablet.locator(".pending-waits").count()).toBe(0);
    expect(await button(tablet, code, bread).getAttribute("aria-pressed")).toBe("true");
    // What others do is told by answers, too.
    await button(other, code, "Ready").click();
    await button(tablet, code, "Handed over").waitFor();
    silent = false;
    await tablet.evaluate('dispatchEvent(new Event("online"))');
    await tablet.getByText("No connection.").waitFor({ state: "detached" });
    await handOver(tablet, code);
    await told(phone, "Enjoy your meal");
    await phone.context().close();
  });

  it("keeps what was not sent through a reload, also where the browser was killed before it had written all", async () => {
    const { phone, code } = await order(bread);
    // The page itself still comes; only what the crew does is lost on the way.
    await tablet.route(/\/v1\/venues\/.*\/tickets\//, (route) => route.abort());
    await button(tablet, code, /^Accept/).click();
    await button(tablet, code, "Start").waitFor();
    await tablet.evaluate('localStorage.removeItem("comanda.pending.kitchen.demo-1")');
    await tablet.reload();
    await button(tablet, code, "Start").waitFor();
    await told(phone, "The kitchen has your order");
    await tablet.unroute(/\/v1\/venues\/.*\/tickets\//);
    await told(phone, "The kitchen said yes");
    await button(tablet, code, "Ready").click();
    await handOver(tablet, code);
    await told(phone, "Enjoy your meal");
    await phone.context().close();
  });
});

describe("the crew", () => {
  it("says that a dish is out, and that it is back", async () => {
    const phone = await stage.visit(stage.links.customer, "phone");
    await tablet.getByRole("button", { name: /^Sold out/ }).click();
    const shelf = tablet.getByRole("dialog");
    await shelf.getByLabel("Search").fill("bread");
    await shelf.getByRole("button", { name: bread }).click();
    await shelf.getByRole("button", { name: bread, pressed: true }).waitFor();
    await expect
      .poll(async () => {
        await phone.reload();
        await phone.getByText(bread).first().waitFor();
        return phone.getByText("Sold out").count();
      })
      .toBeGreaterThan(0);
    await shelf.getByRole("button", { name: bread, pressed: true }).click();
    await shelf.getByRole("button", { name: bread, pressed: false }).waitFor();
    // The way back closes what lies over the board, and leaves the board where it is.
    await goBackFromSheet(tablet);
    await shelf.waitFor({ state: "detached" });
    await tablet.getByRole("heading", { name: tasca }).waitFor();
    await phone.context().close();
  });

  it("slows the house down, pauses it and takes orders again", async () => {
    await tablet.getByRole("button", { name: "Pace" }).click();
    await tablet.getByRole("button", { name: "+ 20 min" }).click();
    await tablet.getByRole("button", { name: "+ 20 min", pressed: true }).waitFor();
    await tablet.getByRole("button", { name: "Until we say so" }).click();
    await tablet.getByRole("button", { name: "Take orders again" }).click();
    await tablet.getByRole("button", { name: "As usual" }).click();
    await tablet.getByRole("button", { name: "Close" }).click();
    await tablet.getByRole("button", { name: "Pace" }).waitFor();
    await expect.poll(house).toMatchObject({ paused: null, busyMinutes: 0, soldOut: [] });
  });

  it("promises more time than it did", async () => {
    const { phone, code } = await order(bread);
    await button(tablet, code, /^Accept/).click();
    await told(phone, "The kitchen said yes");
    const before = await phone.locator(".order-when").innerText();
    await button(tablet, code, /^Later/).click();
    await expect.poll(() => phone.locator(".order-when").innerText()).not.toBe(before);
    await button(tablet, code, "Ready").click();
    await handOver(tablet, code);
    await told(phone, "Enjoy your meal");
    await phone.context().close();
  });
});

describe("several tablets", () => {
  const chicken = "Charcoal chicken";

  const settle = (page: Page) => page.getByRole("button", { name: "Leave it so" }).click();
  const close = (page: Page) => page.getByRole("button", { name: "Close" }).click();

  async function standAt(page: Page, station: string | null): Promise<void> {
    await page.getByRole("button", { name: "This tablet" }).last().click();
    await page.getByLabel(station === null ? /^Pass/ : /^Stations/).check();
    if (station !== null) await page.getByLabel(station).check();
    await close(page);
  }

  it("work one order at their stations, and the pass sees how far each is", async () => {
    await standAt(other, "Grill");
    const { phone, code } = await order(bread, chicken);
    await button(tablet, code, "Ready in 20 min").click();
    await ticket(other, code).getByText(chicken).waitFor();
    expect(await ticket(other, code).getByText(bread).count()).toBe(0);
    expect(await ticket(other, code).locator(".ticket-stations").innerText()).toMatch(/Cold\s+0\/1/);

    await button(other, code, "Done here").click();
    await ticket(other, code).waitFor({ state: "detached" });
    await ticket(tablet, code).getByRole("button", { name: chicken, pressed: true }).waitFor();
    await other.getByRole("button", { name: /^Undo/ }).click();
    await ticket(tablet, code).getByRole("button", { name: chicken, pressed: false }).waitFor();
    await button(other, code, "Done here").click();
    await other.getByRole("button", { name: "Done", exact: true }).click();
    await ticket(other, code).getByRole("button", { name: "Back to cook" }).waitFor();
    await close(other);

    await button(tablet, code, bread).click();
    await tablet.locator(`.ticket[data-done="true"]`, { hasText: code }).waitFor();
    await button(tablet, code, "Ready").click();
    await told(phone, "Ready: come and get it");
    await tablet.getByRole("button", { name: /^Undo/ }).click();
    await told(phone, "It is being made");
    await button(tablet, code, "Ready").click();
    await button(tablet, code, "Handed over").click();
    await ticket(tablet, code).waitFor({ state: "detached" });
    // Nothing was sent yet: what cannot be taken back waits until there was time to.
    await tablet.getByRole("button", { name: /^Undo/ }).click();
    await handOver(tablet, code);
    await told(phone, "Enjoy your meal");
    await standAt(other, null);
    await phone.context().close();
  });

  it("show what has changed beside what it was, and what is cancelled until somebody has touched it", async () => {
    const { phone, code } = await order(bread);
    await button(tablet, code, /^Accept/).click();
    await button(other, code, "Everything about").click();
    await other.getByLabel("Of what").selectOption({ label: `1× ${bread}` });
    await other.getByLabel("Wish", { exact: true }).fill("No butter: milk allergy");
    await other.getByRole("button", { name: "Tell the kitchen" }).click();
    await close(other);
    const changed = ticket(tablet, code).locator(".ticket-changed");
    await changed.getByText("No butter: milk allergy").waitFor();
    await ticket(tablet, code).getByText("ALLERGY", { exact: true }).waitFor();
    await ticket(tablet, code).getByText("Contains milk").waitFor();
    await changed.getByRole("button", { name: "Understood" }).click();
    await Promise.all(
      [tablet, other].map((page) => ticket(page, code).locator(".ticket-changed").waitFor({ state: "detached" })),
    );

    await button(other, code, /^Later/).click();
    await changed.locator("del").waitFor();
    await changed.getByRole("button", { name: "Understood" }).click();
    await changed.waitFor({ state: "detached" });

    const id = await ticket(tablet, code).getAttribute("data-order");
    await stage.staff("POST", `/v1/orders/${id}/cancel`, { reason: "customer-cancelled" });
    await Promise.all([tablet, other].map((page) => ticket(page, code).getByText("CANCELLED").waitFor()));
    await button(tablet, code, "Understood").click();
    await Promise.all([tablet, other].map((page) => ticket(page, code).waitFor({ state: "detached" })));
    await phone.context().close();
  });

  it("of a Saturday: forty tickets, of which none is hidden without being counted, worked by a bump bar", async () => {
    const lines = [{ item: "couvert", quantity: 1 }];
    const checkout = { customer: { name: "Ada" }, payment: { method: "cash" } };
    const placing = Array.from({ length: 40 }, () =>
      stage.staff("POST", "/v1/orders", { venue: "demo-1", lines, checkout }),
    );
    await Promise.all(placing);
    await expect.poll(() => tablet.locator(".rail .ticket").count(), { timeout: 20_000 }).toBe(40);
    for (const [width, height] of [
      [768, 1024],
      [1024, 768],
      [1280, 800],
    ] as const) {
      await tablet.setViewportSize({ width, height });
      await expect.poll(() => hiddenAndShown(tablet)).toEqual({ all: 40, sideways: 0 });
    }
    const codes = (): Promise<string[]> => tablet.locator(".rail .ticket-code").allInnerTexts();
    const [first = "", second = "", third = ""] = await codes();
    await tablet.keyboard.press("1");
    await tablet.locator(".rail .ticket:focus", { hasText: first }).waitFor();
    // Two keys in one moment are for two tickets.
    await Promise.all([tablet.keyboard.press("Enter"), tablet.keyboard.press("Enter")]);
    for (const code of [first, second]) await ticket(tablet, code).getByRole("button", { name: "Start" }).waitFor();
    // The next one has been chosen meanwhile; what was taken in stands at the end.
    await expect.poll(async () => (await codes()).slice(-2).toSorted()).toEqual([first, second].toSorted());
    await tablet.locator(".rail .ticket:focus", { hasText: third }).waitFor();
    await tablet.keyboard.press("ArrowLeft");
    await tablet.keyboard.press("+");
    await settle(tablet);
    await tablet.setViewportSize({ width: 1024, height: 768 });
  });

  it("print a slip that is as long as its roll is wide, and nothing of the board", async () => {
    await tablet.evaluate(() => Object.assign(globalThis, { print: () => undefined }));
    await tablet.locator(".rail .ticket-more").first().click();
    await tablet.getByRole("button", { name: "Print", exact: true }).click();
    const slip = tablet.locator(".paper-roll");
    await slip.waitFor({ state: "attached" });
    await tablet.emulateMedia({ media: "print" });
    expect(await slip.innerText()).toMatch(/PRINTED AGAIN[^]*Pickup[^]*1x Bread/);
    expect(await tablet.locator(".board-head").isVisible()).toBe(false);
    const pdf = (await tablet.pdf({ preferCSSPageSize: true })).toString("latin1");
    const [, wide] = /MediaBox ?\[0 0 ([\d.]+)/.exec(pdf) ?? [];
    expect((Number(wide) / 72) * 25.4).toBeCloseTo(80, 0);
    expect(pdf.match(/\/Type ?\/Page\b(?!s)/g)).toHaveLength(1);
    await tablet.emulateMedia({ media: "screen" });
    await close(tablet);
    await slip.waitFor({ state: "attached" });
    await tablet.evaluate('dispatchEvent(new Event("afterprint"))');
    await slip.waitFor({ state: "detached" });

    await tablet.getByRole("button", { name: "This tablet" }).last().click();
    await tablet.getByLabel("Print every order when it is taken in").waitFor();
    await tablet.getByLabel("58 mm").check({ force: true });
    await tablet.getByLabel("Print every order when it is taken in").check();
    await close(tablet);
    // Taken in at another tablet: it is printed here all the same, and nothing of before is.
    const code = await other.locator('.rail [data-status="waiting"] .ticket-code').first().innerText();
    await button(other, code, /^Accept/).click();
    await expect.poll(() => slip.getAttribute("data-paper")).toBe("58");
    expect(await slip.innerText()).toMatch(new RegExp(`^${code}\\s+Pickup`));

    // At the USB, what a printer has no letters for comes as a picture: a wish is not lost for the script it is in.
    await tablet.evaluate('dispatchEvent(new Event("afterprint"))');
    await tablet.addInitScript(printerAtUsb);
    await tablet.reload();
    await tablet.getByRole("button", { name: "This tablet" }).last().click();
    await tablet.getByLabel("At the USB").check({ force: true });
    await close(tablet);
    await button(tablet, code, "Everything about").click();
    await tablet.getByRole("dialog").getByLabel("Wish", { exact: true }).fill("بدون بصل 2");
    await tablet.getByRole("button", { name: "Tell the kitchen" }).click();
    await ticket(tablet, code).locator(".ticket-wish", { hasText: "بدون بصل" }).waitFor();
    await tablet.getByRole("button", { name: "Print", exact: true }).click();
    await expect.poll(() => tablet.evaluate("printed.length")).toBe(1);
    const bytes = Buffer.from(await tablet.evaluate<number[]>("printed[0]"));
    expect(bytes.toString("latin1")).toContain("1x Bread");
    const picture = bytes.indexOf(Buffer.of(0x1d, 0x76, 0x30, 0, 48, 0));
    const dots = bytes.subarray(picture + 8, picture + 8 + 48 * bytes.readUInt16LE(picture + 6));
    const rightHalf = [...dots].filter((byte, at) => at % 48 >= 24 && byte !== 0).length;
    expect(rightHalf).toBeGreaterThan(50);
    expect([...dots.subarray(0, 48)].every((byte) => byte === 0)).toBe(true);
    await close(tablet);
  });
});

/** A printer at the USB, as a page sees it, that keeps what it is sent in `printed`. */
const printerAtUsb = `{
  globalThis.printed = [];
  const endpoints = [{ endpointNumber: 1, direction: "out", type: "bulk" }];
  const interfaces = [{ interfaceNumber: 0, alternate: { interfaceClass: 7, endpoints } }];
  const device = {
    opened: true,
    configuration: { configurationValue: 1, interfaces },
    configurations: [],
    claimInterface: async () => undefined,
    transferOut: async (_, bytes) => (printed.push([...bytes]), { status: "ok" }),
  };
  const usb = { getDevices: async () => [device], requestDevice: async () => device };
  Object.defineProperty(navigator, "usb", { value: usb });
}`;

/** How many tickets are seen or said to be further down, and how far the page goes sideways. */
async function hiddenAndShown(page: Page): Promise<object> {
  const counted = Number(/\d+/.exec(await page.locator(".rail-below").innerText())?.[0]);
  const floor = await page.locator(".rail-view").evaluate((view) => view.getBoundingClientRect().bottom);
  const tops = await page
    .locator(".rail .ticket")
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
  const shown = tops.filter((top) => top <= floor - 48).length;
  const sideways = await page.locator("html").evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  return { all: counted + shown, sideways };
}
