import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { demoVenues } from "../../scripts/demo/venues.ts";
import { bread, choose, forDelivery, place, toCheckout, told } from "./guest.ts";
import { faultsOf } from "./soundness.ts";
import { goBackFromSheet, Stage } from "./stage.ts";

let stage: Stage;
const opened: Page[] = [];

beforeAll(async () => {
  stage = await Stage.open();
  await stage.admin("PUT", "/v1/venues/long-1", { ...demoVenues["demo-1"], name: "Long Table โต๊ะยาว" });
  await stage.admin("PUT", "/v1/venues/long-1/menu", longMenu(0));
});
afterAll(() => stage?.stop());
afterEach(async () => {
  await Promise.all(opened.splice(0).map((page) => page.context().close()));
  stage.demandSilence();
});

const visit = async (...how: Parameters<Stage["visit"]>): Promise<Page> => {
  const page = await stage.visit(...how);
  opened.push(page);
  return page;
};

async function soldOutAt(venue: string): Promise<string[]> {
  const view = (await (await fetch(`${stage.harness.baseUrl}/v1/venues/${venue}`)).json()) as { soldOut: string[] };
  return view.soldOut;
}

/** Three hundred dishes in two scripts; `more` is what each costs beyond its price. */
function longMenu(more: number) {
  const all = Array.from({ length: 300 }, (_, at) => at);
  const dish = (at: number) => ({
    id: `dish-${at}`,
    name: { en: `Jalapeño noodles with a name that goes on number ${at}`, th: `ก๋วยเตี๋ยวหมูสับน้ำใสอร่อยมากจานที่ ${at}` },
    description: at % 3 === 0 ? { en: "Hot, sour and good.", th: "เผ็ดเปรี้ยวอร่อย" } : null,
    price: 450 + at + more,
    allergens: at % 2 === 0 ? ["gluten", "peanuts"] : at % 5 === 0 ? ["milk"] : [],
    diet: at % 7 === 0 ? ["vegan"] : [],
  });
  return {
    comanda: "menu/1",
    currency: "EUR",
    languages: ["en", "th"],
    tax: { inclusive: true, classes: [{ id: "food", name: { en: "Food" }, ratePpm: 70_000 }] },
    categories: Array.from({ length: 15 }, (_, at) => ({
      id: `part-${at}`,
      name: { en: `Part ${at}`, th: `หมวด ${at}` },
      items: all.filter((dish) => dish % 15 === at).map((dish) => `dish-${dish}`),
    })),
    items: all.map(dish),
  };
}

describe("a menu", () => {
  it("is in the first answer, to be read and leafed through without a script", async () => {
    const page = await visit("/demo/demo-1", "phone", { javaScriptEnabled: false });
    expect(await page.title()).toBe("Tasca da Esquina · Oderberger Straße 12, 10435 Berlin");
    await page.locator("noscript .notice").waitFor();
    const dish = page.getByRole("listitem").filter({ hasText: bread });
    expect(await dish.innerText()).toMatch(/€3\.50[^]*vegetarian[^]*Contains gluten, milk/);
    await page.getByRole("link", { name: "Sweets" }).click();
    expect(new URL(page.url()).hash).toMatch(/^#c-/);
    const ld = await page.locator('script[type="application/ld+json"]').textContent();
    expect(JSON.parse(ld ?? "")).toMatchObject({
      "@type": "Restaurant",
      name: "Tasca da Esquina",
      hasMenu: { hasMenuSection: expect.arrayContaining([expect.objectContaining({ name: "Sweets" })]) },
    });
    const image = await page.locator('meta[property="og:image"]').getAttribute("content");
    const share = await fetch(image ?? "");
    expect([share.status, share.headers.get("content-type")]).toEqual([200, "image/png"]);
    await page.getByRole("link", { name: "Deutsch" }).click();
    await page.getByText("Rund um die Uhr geöffnet").waitFor();

    const cutOff = await visit("/demo", "phone");
    await cutOff.route("**/assets/*.js", (route) => route.abort());
    await cutOff.goto("/demo/demo-1");
    await cutOff.getByRole("heading", { name: "Sweets" }).waitFor();
    expect(await faultsOf(cutOff)).toEqual([]);
  });

  it("is answered again only when something of it has changed", async () => {
    const ask = (etag = "") =>
      fetch(`${stage.harness.baseUrl}/demo/long-1`, { headers: { accept: "text/html", "if-none-match": etag } });
    const first = await ask();
    const etag = first.headers.get("etag") ?? "";
    expect([first.status, (await ask(etag)).status]).toEqual([200, 304]);
    await stage.staff("POST", "/v1/venues/long-1/sold-out", { key: "dish-7" });
    await expect.poll(async () => (await ask(etag)).status).toBe(200);
    expect(await (await ask()).text()).toMatch(/number 7<\/span>[^]{0,300}Sold out/);
    await stage.staff("POST", "/v1/venues/long-1/available", { key: "dish-7" });
    expect((await fetch(`${stage.harness.baseUrl}/demo/nowhere`, { headers: { accept: "text/html" } })).status).toBe(
      404,
    );
  });

  it("of three hundred dishes in two scripts fits the smallest phone, and does not jump when its script has come", async () => {
    const page = await visit("/demo/long-1", "phone", { viewport: { width: 320, height: 640 }, locale: "th-TH" });
    await page.getByRole("button", { name: "ก๋วยเตี๋ยว" }).first().waitFor();
    const jumps = await page.evaluate<number>(
      `new Promise((resolve) => {
        let sum = 0;
        const add = (list) => list.getEntries().forEach(({ value }) => (sum += value));
        new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(sum), 300);
      })`,
    );
    expect(jumps).toBeLessThan(0.02);
    await expect.poll(() => page.locator("button.dish-open").count()).toBe(300);
    expect(await page.locator(".dish").count()).toBe(300);
    const wide = () => page.locator("html").evaluate(({ scrollWidth }) => scrollWidth);
    expect(await wide()).toBe(320);
    await page.getByRole("searchbox").fill("กวยเตยว 299");
    await expect.poll(() => page.locator(".dish").count()).toBe(1);
    await page.getByRole("searchbox").fill("JALAPENO หมวด 3 ");
    await expect.poll(() => page.locator(".dish").count()).toBeGreaterThan(15);
    expect(await wide()).toBe(320);
  });

  it("leaves out what one does not eat, and says of what nothing is known", async () => {
    const page = await visit("/demo/long-1", "phone");
    const shown = page.locator(".dish");
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByRole("checkbox", { name: "peanuts" }).check();
    await page.getByText("The restaurant states no allergens for 120 dishes.").waitFor();
    await page.getByRole("button", { name: "Show 150 dishes" }).click();
    await expect.poll(() => shown.count()).toBe(150);
    expect(await shown.filter({ hasText: "Allergens not stated" }).count()).toBe(120);
    await page.getByRole("button", { name: "Filter" }).first().click();
    await page.getByLabel("Leave these out as well").check();
    await page.getByRole("checkbox", { name: "vegan" }).check();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole("button", { name: /^Show \d+ dishes/ }).click();
    const others = async (): Promise<string[]> =>
      (await shown.allTextContents()).filter((text) => !/vegan[^]*Contains milk/.test(text));
    await expect.poll(others).toEqual([]);
    expect(await shown.count()).toBeGreaterThan(0);
    // The sheet gives its place in the history back as it closes.
    await expect.poll(() => page.evaluate("JSON.stringify(history.state)")).not.toMatch("sheet");
    await page.reload();
    await page.getByText("Filter: vegan, without peanuts").waitFor();
    await page.getByRole("button", { name: "Clear the filter" }).click();
    await expect.poll(() => shown.count()).toBe(300);
  });
});

describe("the way back", () => {
  it("closes the sheet that is open, and leaves the page only when none is", async () => {
    const page = await visit("/demo", "phone");
    await page.getByRole("link", { name: "Tasca da Esquina" }).click();
    const dish = page.getByRole("button", { name: bread }).first();
    const sheet = page.getByRole("dialog");
    const closed = async (): Promise<void> => {
      await sheet.waitFor({ state: "detached" });
      await expect.poll(() => page.evaluate("JSON.stringify(history.state)")).not.toMatch("sheet");
      expect(new URL(page.url()).pathname).toBe("/demo/demo-1");
    };
    for (const leave of [() => goBackFromSheet(page), () => page.keyboard.press("Escape"), () => page.reload()]) {
      await dish.click();
      await sheet.waitFor();
      await leave();
      await closed();
    }
    await choose(page, bread);
    await page.getByRole("button", { name: /^View order/ }).click();
    await sheet.getByRole("button", { name: /^Change: / }).click();
    await sheet.getByRole("heading", { name: bread }).waitFor();
    await goBackFromSheet(page);
    await closed();
    await toCheckout(page);
    await page.goBack();
    await closed();
    await page.goForward();
    await page.getByRole("heading", { level: 1, name: "Checkout" }).waitFor();
    await page.goBack();
    await closed();
    await page.goBack();
    await page.getByRole("link", { name: "Tasca da Esquina" }).waitFor();
  });
});

describe("a basket", () => {
  it("is changed line by line, and says what a new menu has done to it", async () => {
    const page = await visit("/demo/long-1", "phone");
    await choose(page, "number 299");
    await choose(page, "number 298");
    await page.getByRole("button", { name: /^View order/ }).click();
    await page.getByRole("button", { name: /^Change: .* 299/ }).click();
    await page.getByLabel("A wish for the kitchen").fill("not hot");
    await page.getByRole("button", { name: "One more: Quantity" }).click();
    await page.getByRole("button", { name: "Save · €14.98" }).click();
    await page.getByRole("button", { name: /^View order 3 items/ }).waitFor();

    await stage.admin("PUT", "/v1/venues/long-1/menu", longMenu(100));
    await stage.staff("POST", "/v1/venues/long-1/sold-out", { key: "dish-298" });
    await expect.poll(() => soldOutAt("long-1")).toContain("dish-298");
    await page.reload();
    await page.getByRole("button", { name: /^View order 3 items/ }).click();
    const basket = page.getByRole("dialog");
    await basket.getByText("number 299 is €8.49 now, and was €7.49.").waitFor();
    await basket.getByText("number 298 is not to be had any more.").waitFor();
    expect(await faultsOf(page)).toEqual([]);
    expect(await basket.getByRole("button", { name: "To checkout" }).isDisabled()).toBe(true);
    await basket.getByRole("button", { name: "Understood" }).click();
    await basket.getByRole("button", { name: "Go on without it" }).click();
    await basket.getByText("“not hot”").waitFor();
    expect(await basket.getByRole("button", { name: "To checkout" }).isEnabled()).toBe(true);
  });
});

describe("an order", () => {
  it("is placed by a guest with the keys alone, and what is wrong is said beside its field", async () => {
    const page = await visit(stage.links.customer, "desk");
    await page.getByRole("button", { name: bread }).waitFor();
    const { keyboard } = page;
    const tabTo = async (name: RegExp) => {
      for (let step = 0; step < 80; step += 1) {
        await keyboard.press("Tab");
        const said = await page.evaluate<string>(
          "[...(document.activeElement.labels ?? []), document.activeElement].map((one) => one.textContent).join(' ').trim()",
        );
        if (name.test(said)) return;
      }
      throw new Error(`the keys do not lead to ${name}`);
    };
    await tabTo(/^Bread, olives/);
    await keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await tabTo(/^Add ·/);
    await keyboard.press("Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await tabTo(/^To checkout/);
    await keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Checkout" }).waitFor();
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Checkout");
    await tabTo(/^Phone/);
    await keyboard.type("030 123");
    await keyboard.press("Enter");
    const name = page.getByLabel("Name", { exact: true });
    await expect.poll(() => page.evaluate("document.activeElement.id")).toBe("details-name");
    expect(await name.getAttribute("aria-describedby")).toContain("fault");
    await page.getByText("Please give it with country code").waitFor();
    await page.getByRole("alert").getByText("2 things are missing or wrong.").waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await name.focus();
    await keyboard.type("Ada");
    await tabTo(/^Phone/);
    await keyboard.press("Control+A");
    await keyboard.type("+49 30 12345600");
    await tabTo(/^Order and pay/);
    await keyboard.press("Enter");
    await told(page, /Waiting for the kitchen|The kitchen has your order/);
    expect(await page.evaluate("document.activeElement.tagName")).toBe("H1");
  });

  it("comes from the table whose code was scanned, also after a reload; what is no table is none", async () => {
    const scanned = async (table: string): Promise<Page> => {
      const phone = await visit(`/demo/long-1?table=${encodeURIComponent(table)}`, "phone");
      await choose(phone, "number 299");
      await phone.getByRole("button", { name: /^View order/ }).click();
      return phone;
    };
    const odd = await scanned("<b>12");
    await odd.getByRole("button", { name: "To checkout" }).waitFor();
    expect(await odd.locator("body").innerText()).not.toMatch(/Table .*12/);

    const phone = await scanned("Garden 12");
    await phone.getByRole("dialog").getByText("Table Garden 12").waitFor();
    await phone.getByRole("button", { name: "To checkout" }).click();
    await phone.reload();
    await phone.getByText("Table Garden 12").waitFor();
    await phone.getByLabel("Name", { exact: true }).fill("Ada");
    const [sent] = await Promise.all([
      phone.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/v1/orders")),
      place(phone),
    ]);
    expect(sent.postDataJSON()).toMatchObject({ fulfilment: "dine-in", checkout: { table: "Garden 12" } });
    await told(phone, /Waiting for the kitchen|The kitchen has your order/);
    expect(await phone.locator(".order-code").innerText()).toMatch(/Table\s+Garden 12/);
    await phone.getByRole("link", { name: "Receipt" }).click();
    await phone.getByRole("definition").filter({ hasText: "Garden 12" }).waitFor();
  });

  it("is followed by its link anywhere, without a name, an address or a way to cancel it", async () => {
    const phone = await visit(stage.links.customer, "phone");
    await choose(phone, bread);
    await toCheckout(phone);
    await forDelivery(phone);
    await place(phone);
    await told(phone, /Waiting for the kitchen|The kitchen has your order/);
    await phone.waitForURL(/#[\w-]{32}$/);
    const pin = (await phone.locator(".order-pin .mono").textContent()) ?? "";

    const friend = await visit(phone.url(), "phone");
    await told(friend, /Waiting for the kitchen|The kitchen has your order/);
    await friend.getByText("You follow this order by its link.").waitFor();
    expect(await friend.locator(".order-pin .mono").textContent()).toBe(pin);
    expect(await friend.getByRole("button", { name: "Cancel the order" }).count()).toBe(0);
    expect(await friend.locator("body").innerText()).not.toMatch(/Ada|Schönhauser|12345600/);
    expect(await faultsOf(friend)).toEqual([]);
    await phone.getByRole("button", { name: "Cancel the order" }).click();
    await phone.getByRole("button", { name: "Yes, cancel" }).click();
    await told(friend, "Cancelled");
    await friend.getByText("was only reserved on your card and is released").waitFor();

    const wrong = await visit(phone.url().replace(/.{6}$/, "AAAAAA"), "phone");
    await wrong.getByRole("heading", { name: "We cannot show this order here." }).waitFor();
  });

  it("goes back as it was when its card is declined, has a receipt with its tax, and is ordered again as far as it can be had", async () => {
    const phone = await visit(stage.links.customer, "phone");
    await choose(phone, bread);
    await choose(phone, "Custard tart");
    await toCheckout(phone);
    await phone.getByLabel(/which is declined/).check();
    await phone.getByLabel("Anything else?").fill("Two forks");
    await phone.goBack();
    await phone.getByRole("button", { name: /^View order 2 items/ }).click();
    await phone.getByRole("button", { name: "To checkout" }).click();
    expect(await phone.getByLabel("Name").inputValue()).toBe("Ada Lovelace");
    await place(phone);
    await told(phone, "Cancelled");
    await phone.getByRole("button", { name: "Try the payment again" }).click();
    expect(await phone.getByLabel("Anything else?").inputValue()).toBe("Two forks");
    await phone.getByLabel(/ending 4242/).check();
    const code = await place(phone);
    await told(phone, /Waiting for the kitchen|The kitchen has your order/);
    await phone.getByRole("link", { name: "Receipt" }).click();
    await phone.getByRole("heading", { level: 1, name: "Tasca da Esquina" }).waitFor();
    expect(await phone.locator(".receipt-taxes").innerText()).toMatch(/Net\s+Tax amount\s+Gross[^]*%/);
    expect(await faultsOf(phone)).toEqual([]);
    const [saved] = await Promise.all([
      phone.waitForEvent("download"),
      phone.getByRole("button", { name: "Save as text" }).click(),
    ]);
    expect(saved.suggestedFilename()).toBe(`${code}.txt`);

    await phone.getByRole("link", { name: /^My orders/ }).click();
    await phone.getByRole("link", { name: code }).waitFor();
    expect(await faultsOf(phone)).toEqual([]);
    await stage.staff("POST", "/v1/venues/demo-1/sold-out", { key: "pastel-nata" });
    await expect.poll(() => soldOutAt("demo-1")).toContain("pastel-nata");
    try {
      await phone.getByRole("button", { name: `Order the same again: ${code}` }).click();
      await phone.getByText("Not all of your order from last time can be had today.").waitFor();
      await phone.getByText("Custard tart: not to be had").waitFor();
      await phone.getByRole("button", { name: /^View order 1 item/ }).waitFor();
    } finally {
      await stage.staff("POST", "/v1/venues/demo-1/available", { key: "pastel-nata" });
    }
  });
});
