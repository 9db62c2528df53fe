import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { bread, choose, forDelivery, place, toCheckout, told } from "./guest.ts";
import { faultsOf } from "./soundness.ts";
import { Stage } from "./stage.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage?.stop());
afterEach(() => stage.demandSilence());

describe("every page can be read by everybody, in the light and the dark, and fits a small phone", () => {
  let page: Page;
  afterEach(() => page.context().close());

  const visit = async (url: string, screen: "phone" | "tablet" = "phone") => {
    page = await stage.visit(url, screen);
    return page;
  };

  it("the door", async () => {
    await visit(stage.links.everything);
    await page.getByRole("link", { name: "Ramen Nordlicht" }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
  });

  it("a restaurant's menu, a dish, and the order as it grows", async () => {
    await visit("/demo");
    await page.getByRole("link", { name: "Tasca da Esquina" }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole("link", { name: "Tasca da Esquina" }).click();
    await page.getByRole("button", { name: "Charcoal chicken" }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole("button", { name: "Charcoal chicken" }).click();
    await page.getByRole("dialog").waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole("button", { name: /^Add · / }).click();
    await page.getByRole("button", { name: /^View order/ }).click();
    await page.getByRole("dialog").waitFor();
    expect(await faultsOf(page)).toEqual([]);
  });

  it("the checkout of a delivery, and the order's page", async () => {
    await visit(stage.links.customer);
    await choose(page, bread);
    await toCheckout(page);
    await forDelivery(page);
    expect(await faultsOf(page)).toEqual([]);
    await page.getByText("Pickup", { exact: true }).click();
    await place(page);
    await told(page, "Waiting for the kitchen");
    expect(await faultsOf(page)).toEqual([]);
  });

  it("a tablet's code, and the board with tickets on it", async () => {
    const tablet = await visit(stage.links.kitchen, "tablet");
    await tablet.locator(".pairing-code").waitFor();
    expect(await faultsOf(tablet)).toEqual([]);
    await stage.letIn(tablet, "Pass", "Tasca da Esquina");
    const guest = await stage.visit(stage.links.customer, "phone");
    await choose(guest, bread);
    await toCheckout(guest);
    const code = await place(guest);
    await guest.context().close();
    const ticket = tablet.getByRole("listitem", { name: code });
    await ticket.getByRole("button", { name: "Reject" }).waitFor();
    // What was waiting already is told of in the same breath.
    await tablet
      .getByRole("status")
      .filter({ hasText: new RegExp(`New order: .*${code}`) })
      .waitFor({ state: "attached" });
    expect(await faultsOf(tablet)).toEqual([]);
    await ticket.getByRole("button", { name: /^Accept/ }).click();
    await ticket.getByRole("button", { name: "Start" }).waitFor();
    expect(await faultsOf(tablet)).toEqual([]);
  });

  it("a driver's code, and the way on shift", async () => {
    await visit(stage.links.driver);
    await page.locator(".pairing-code").waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await stage.letIn(page, "Dara");
    await page.getByLabel("Your name").waitFor();
    expect(await faultsOf(page)).toEqual([]);
  });

  it("an admin's way in, and the devices", async () => {
    await visit(stage.links.admin);
    expect(page.url()).not.toContain("secret");
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("button", { name: "Menu", exact: true }).click();
    await page.getByRole("link", { name: "Tablets and phones" }).click();
    await page.getByLabel("Ramen Nordlicht").waitFor();
    expect(await faultsOf(page)).toEqual([]);
  });

  it("an address where there is nothing", async () => {
    await visit("/demo/demo-1/nothing/here");
    await page.getByRole("heading", { name: "This table is empty." }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
  });
});

describe("a customer is told", () => {
  let phone: Page;
  beforeAll(async () => {
    phone = await stage.visit(stage.links.customer, "phone");
  });
  afterAll(() => phone.context().close());

  it("at the checkout that a dish is sold out meanwhile, and can go on without it", async () => {
    await choose(phone, bread);
    await choose(phone, "Custard tart");
    await toCheckout(phone);
    await stage.staff("PUT", "/v1/venues/demo-1/stock", { key: "pastel-nata", left: 0 });
    await phone.getByRole("button", { name: /^Order and pay/ }).click();
    await phone.getByText("There is not enough left: Custard tart.").waitFor();
    await phone.getByRole("link", { name: "Change the order" }).click();
    await phone.getByRole("button", { name: /^View order/ }).click();
    await phone.getByRole("button", { name: "One fewer: Custard tart" }).click();
    await phone.getByRole("button", { name: "To checkout" }).click();
    await place(phone);
    await told(phone, "Waiting for the kitchen");
    await stage.staff("PUT", "/v1/venues/demo-1/stock", { key: "pastel-nata", left: null });
  });

  it("that the card was declined", async () => {
    await phone.goto(stage.links.customer);
    await choose(phone, bread);
    await toCheckout(phone);
    await phone.getByLabel(/which is declined/).check();
    await place(phone);
    await phone.getByText("The card was declined. You were not charged.").waitFor();
    await told(phone, "Cancelled");
  });

  it("nothing of somebody else's order", async () => {
    const other = await stage.visit(new URL(phone.url()).pathname, "phone");
    await other.getByRole("heading", { name: "We cannot show this order here." }).waitFor();
    expect(await other.getByText("Ada").count()).toBe(0);
    await other.context().close();
  });
});

describe("every answer that is a page", () => {
  const html = { accept: "text/html" };

  it("carries the policy that lets in no script but ours", async () => {
    for (const path of ["/", "/kitchen", "/driver", "/admin/devices", "/demo/demo-1", "/demo/nothing/at/all"]) {
      const { headers } = await fetch(stage.harness.baseUrl + path, { headers: html });
      expect([path, headers.get("content-security-policy")]).toEqual([
        path,
        expect.stringContaining("script-src 'self';"),
      ]);
    }
  });

  it("is 404 where there is nothing, and a problem where a program asks", async () => {
    const wrong = `${stage.harness.baseUrl}/demo/nothing/at/all`;
    expect((await fetch(wrong, { headers: html })).status).toBe(404);
    const asked = await fetch(wrong);
    expect([asked.status, asked.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
  });

  it("is a menu to whoever shows a shared link, though such programs ask for anything", async () => {
    const preview = await fetch(`${stage.harness.baseUrl}/demo/demo-1`, { headers: { accept: "*/*" } });
    expect([preview.status, await preview.text()]).toEqual([200, expect.stringContaining('property="og:image"')]);
    const nobody = await fetch(`${stage.harness.baseUrl}/demo/nowhere`, { headers: { accept: "*/*" } });
    expect([nobody.status, nobody.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
  });
});
