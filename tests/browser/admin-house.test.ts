import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { factsAsSaid } from "../../contracts/facts-for-tests.ts";
import { MenuDocument } from "../../contracts/menu.ts";
import { root } from "../../scripts/project.ts";
import { bury } from "../api/letters.ts";
import { isSignedWith, Receiver } from "../journey/receiver.ts";
import { bread } from "./guest.ts";
import { faultsOf } from "./soundness.ts";
import { Stage } from "./stage.ts";

let stage: Stage;
let desk: Page;
let receiver: Receiver;

beforeAll(async () => {
  [stage, receiver] = await Promise.all([Stage.open(), Receiver.listen()]);
  desk = await stage.visit(stage.links.admin, "desk");
  await desk.getByRole("button", { name: "Sign in" }).click();
  await desk.getByRole("navigation", { name: "Pages" }).waitFor();
});
afterAll(async () => {
  receiver?.stop();
  await stage?.stop();
});
afterEach(() => stage.demandSilence());

/** Opens a page of the desk, for the venue where it is for one. */
async function open(path: string, venue?: string): Promise<void> {
  await desk.goto(`/admin/${path}`);
  if (venue !== undefined) await desk.getByLabel("Venue", { exact: true }).selectOption({ label: venue });
}

const tasca = "Tasca da Esquina";
const seeded = (): MenuDocument =>
  MenuDocument.parse(JSON.parse(readFileSync(join(root, "scripts/demo/demo-1.json"), "utf8")));
const priced = (menu: MenuDocument, id: string, price: number): MenuDocument => ({
  ...menu,
  items: menu.items.map((item) => (item.id === id ? { ...item, price } : item)),
});
async function onSale(): Promise<Record<string, { price: number | null }>> {
  const { items } = (await (await fetch(`${stage.harness.baseUrl}/v1/venues/demo-1/menu`)).json()) as {
    items: Record<string, { price: number | null }>;
  };
  return items;
}

/** What another editor does meanwhile. */
const publish = (menu: MenuDocument): Promise<void> => stage.admin("PUT", "/v1/venues/demo-1/menu", menu);

describe("a menu", () => {
  it("is imported: tried, compared, published; and a customer sees the new price", async () => {
    await open("menu?view=import", tasca);
    const file: object = { ...priced(seeded(), "couvert", 420), motto: "eat" };
    await desk.getByLabel("Or paste what is in it").fill(JSON.stringify(file));
    await desk.getByRole("button", { name: "Try it, without publishing" }).click();
    const line = desk.locator(".difference[data-path='/items/couvert']");
    await line.waitFor();
    expect(await line.innerText()).toMatch(/€3\.50\s*→\s*€4\.20/);
    expect(await desk.getByText("0 added · 0 removed · 1 changed").count()).toBe(1);
    await desk
      .getByRole("cell", { name: /motto/ })
      .or(desk.getByRole("rowheader", { name: "/motto" }))
      .first()
      .waitFor();
    expect((await onSale())["couvert"]?.price).toBe(350);
    expect(await faultsOf(desk)).toEqual([]);
    await desk.getByRole("button", { name: "Publish this menu" }).click();
    await desk.getByText("Published as version 2.").waitFor();
    const phone = await stage.visit(stage.links.customer, "phone");
    await phone.getByText("€4.20").first().waitFor();
    await phone.context().close();
  });

  it("is edited; what somebody else publishes meanwhile is not overwritten, and both are on sale in the end", async () => {
    await publish(seeded());
    await open("menu", tasca);
    await desk.getByRole("searchbox").fill("bread, ol");
    await desk.getByRole("link", { name: bread }).click();
    const price = desk.getByLabel("Price (EUR)");
    await price.fill("4,5x");
    await desk.getByText("Write a price such as 12.50.").waitFor();
    await price.fill("4,50");
    expect(await faultsOf(desk)).toEqual([]);
    // Kept in this browser, also through a reload.
    const kept = () => desk.evaluate("localStorage.getItem('comanda.admin.menu.demo.demo-1')");
    await expect.poll(kept).toContain('"price":450');
    await desk.reload();
    await desk.getByRole("link", { name: "Look at your changes (1)" }).click();
    await desk.locator(".difference[data-path='/items/couvert']").waitFor();
    await publish(priced(seeded(), "queijo-azeitao", 990));
    await desk.getByRole("button", { name: "Publish", exact: true }).click();
    await desk.getByText(/Somebody has published version \d+ meanwhile\./).waitFor();
    await desk.getByRole("button", { name: "Carry my changes over" }).click();
    const outdated = desk.getByRole("region", { name: /Somebody has published/ });
    await outdated.getByRole("button", { name: "Carry my changes over" }).click();
    await desk.getByText("0 added · 0 removed · 1 changed").waitFor();
    await desk.getByRole("button", { name: "Publish", exact: true }).click();
    await desk.getByText(/^Published as version/).waitFor();
    await expect.poll(async () => (await onSale())["couvert"]?.price).toBe(450);
    expect((await onSale())["queijo-azeitao"]?.price).toBe(990);
  });

  it("is one draft in two tabs: what each has changed is published", async () => {
    await open("menu?part=items/couvert", tasca);
    const other = await desk.context().newPage();
    await other.goto("/admin/menu?part=items/queijo-azeitao");
    await other.getByLabel("Price (EUR)").waitFor();
    await desk.getByLabel("Price (EUR)").fill("4.60");
    await other.getByText("The same draft is worked on in another tab.").waitFor();
    await other.getByLabel("Price (EUR)").fill("9.10");
    await desk.getByRole("link", { name: "Your changes (2)", exact: true }).click();
    await desk.getByRole("button", { name: "Publish", exact: true }).click();
    await desk.getByText(/^Published as version/).waitFor();
    // Nothing of the draft is left there, either.
    await other.getByRole("link", { name: "Your changes", exact: true }).waitFor();
    await other.close();
    await expect.poll(async () => (await onSale())["couvert"]?.price).toBe(460);
    expect((await onSale())["queijo-azeitao"]?.price).toBe(910);
  });

  it("is there as it was before, compared with what is on sale, and published again", async () => {
    await publish(priced(seeded(), "couvert", 480));
    await open("menu?view=versions", tasca);
    await desk.getByRole("button", { name: "Compare 1" }).click();
    await desk.locator(".difference[data-path='/items/couvert']").waitFor();
    expect(await faultsOf(desk)).toEqual([]);
    await desk.getByRole("button", { name: "Publish version 1 again" }).click();
    await desk.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
    await desk.getByText(/^Published as version/).waitFor();
    await expect.poll(async () => (await onSale())["couvert"]?.price).toBe(350);
  });
});

it("the stock is counted and sold out here, and shown as others change it", async () => {
  await open("stock", tasca);
  const row = desk.getByRole("row", { name: new RegExp(`^${bread}`) });
  await row.getByRole("button", { name: "Change" }).click();
  await desk.getByLabel("How many are left?").fill("7");
  await desk.getByRole("button", { name: "Set", exact: true }).click();
  await row.getByRole("button", { name: /^One more/ }).click();
  await expect.poll(() => row.locator("output").innerText()).toBe("8");
  expect(await faultsOf(desk)).toEqual([]);
  await stage.staff("POST", "/v1/venues/demo-1/sold-out", { key: "couvert", until: null });
  await row.getByText("until somebody says otherwise").waitFor();
  await row.getByRole("button", { name: "Change" }).click();
  await desk.getByRole("button", { name: "Sold out for today" }).click();
  await row.getByText(/until .*, 05:00/).waitFor();
  await row.getByRole("button", { name: "Change" }).click();
  await desk.getByRole("button", { name: "It is there again" }).click();
  await row.getByText("Can be had").waitFor();
  await stage.staff("PUT", "/v1/venues/demo-1/stock", { key: "couvert", left: null });
  await row.getByText("not counted").waitFor();
});

it("a webhook endpoint is made, tested, and what it was sent is sent again", async () => {
  await open("webhooks");
  await desk.getByLabel("Address").fill(receiver.url);
  await desk.getByLabel("What is it?").fill("Till");
  await desk.getByRole("button", { name: "Create the endpoint" }).click();
  const secret = await desk.getByLabel(/^Secret of/).inputValue();
  expect(await faultsOf(desk)).toEqual([]);
  await desk.getByRole("link", { name: /^Till/ }).click();
  await desk.getByRole("button", { name: "Send a test event" }).click();
  const row = desk.getByRole("row", { name: /endpoint\.tested/ });
  await row.getByText("delivered").waitFor();
  await row.getByRole("button", { name: "endpoint.tested" }).click();
  const report = desk.getByRole("dialog");
  await report.getByText("204").waitFor();
  expect(await faultsOf(desk)).toEqual([]);
  await report.getByRole("button", { name: "Send it again" }).click();
  await expect.poll(() => receiver.arrivals.length).toBe(2);
  const ids = receiver.arrivals.map(({ headers }) => headers["webhook-id"]);
  expect(new Set(ids).size).toBe(1);
  expect(receiver.arrivals.every((arrival) => isSignedWith(secret, arrival))).toBe(true);
  await report.getByRole("button", { name: "Close" }).click();
  await desk.getByRole("button", { name: "Delete", exact: true }).click();
  await desk.getByRole("dialog").getByRole("button", { name: "Delete it" }).click();
  await desk.getByText("Nobody is told of orders yet.").waitFor();
});

it("a dead letter is read, mended, tried and sent again, to its end", async () => {
  const order = `ord_${"2".repeat(26)}`;
  await bury(stage.harness, "demo", order);
  await open("dead-letters");
  expect(await faultsOf(desk)).toEqual([]);
  await desk.getByRole("link", { name: /order\.sent/ }).click();
  await desk.getByText("It would die again.").waitFor();
  const data = desk.getByLabel("Data (JSON)");
  await data.fill('{"customer":');
  await desk.getByText("No receiver would understand this.").waitFor();
  const [mended] = factsAsSaid["order.sent"];
  await data.fill(JSON.stringify({ ...mended, order }));
  await desk.getByLabel("Why", { exact: true }).fill("The till had sent half of it");
  await desk.getByRole("button", { name: "Save what it says" }).click();
  await desk.getByText("It would be handled.").waitFor();
  expect(await faultsOf(desk)).toEqual([]);
  await desk.getByRole("button", { name: "Send it again" }).click();
  await desk.getByRole("dialog").getByRole("button", { name: "Send again" }).click();
  await desk.getByText("handled", { exact: true }).waitFor();
  await desk.getByText("The till had sent half of it").waitFor();
});

it("somebody is let in with a secret, given another one, and put out", async () => {
  await open("staff");
  await desk.getByLabel("Name", { exact: true }).fill("Counter");
  await desk.getByLabel("All venues").uncheck();
  await desk.getByLabel(tasca).check();
  await desk.getByRole("button", { name: "Make it" }).click();
  const label = desk.getByLabel(/^Secret of Counter/);
  const [first, id] = [
    await label.inputValue(),
    /\((client_\w+)\)/.exec(await label.locator("xpath=../..").innerText())?.[1] ?? "",
  ];
  expect(await faultsOf(desk)).toEqual([]);
  expect([await entry(id, first), await entry(id, "wrong")]).toEqual([200, 401]);
  // Staff have the pages that are theirs, and no others.
  const counter = await stage.visit(`/admin/staff#${new URLSearchParams({ id, secret: first }).toString()}`, "desk");
  await counter.getByRole("button", { name: "Sign in" }).click();
  await counter.getByRole("heading", { name: "This page is not yours" }).waitFor();
  expect(await counter.getByRole("navigation", { name: "Pages" }).getByRole("link").allInnerTexts()).toEqual([
    "Live board", "Orders", "Order by phone", "Dispatch", "Figures", "Stock", "Tablets and phones",
  ]); // prettier-ignore
  await counter.getByRole("link", { name: "Tablets and phones" }).click();
  await counter.getByLabel("Name of the tablet").waitFor();
  expect(await counter.getByText("Driver’s phone").count()).toBe(0);
  await counter.context().close();
  await desk.getByRole("button", { name: "New secret: Counter" }).click();
  await desk.getByLabel("It has leaked").check();
  await desk.getByRole("button", { name: "Make a new secret" }).click();
  await expect.poll(() => label.inputValue()).not.toBe(first);
  expect([await entry(id, first), await entry(id, await label.inputValue())]).toEqual([401, 200]);
  await desk.getByRole("button", { name: "Put out: Counter" }).click();
  await desk.getByRole("button", { name: "Put it out" }).click();
  await desk.getByRole("row", { name: /Counter/ }).waitFor({ state: "detached" });
  expect(await entry(id, await label.inputValue())).toBe(401);
});

async function entry(id: string, secret: string): Promise<number> {
  const body = new URLSearchParams({ grant_type: "client_credentials", client_id: id, client_secret: secret });
  return (await fetch(`${stage.harness.baseUrl}/v1/oauth/token`, { method: "POST", body })).status;
}

it("a venue's settings are changed, not over somebody else's; a carrier is agreed with, and used", async () => {
  await open("carriers");
  await desk.getByRole("button", { name: "Change: Own drivers" }).click();
  await desk.getByLabel("Takes so many at once").fill("40");
  await desk.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await desk
    .getByRole("row", { name: /Own drivers/ })
    .getByText("0 / 40")
    .waitFor();
  expect(await faultsOf(desk)).toEqual([]);
  await desk.getByLabel("Short name").fill("swift");
  await desk.getByLabel("Name", { exact: true }).fill("Swift & Sons");
  await desk.getByLabel("Address of its interface").fill("https://swift.internal/api");
  await desk.getByLabel("Secret it is called with").fill("what-we-show-swift");
  await desk.getByLabel("Secret of its callbacks").fill("what-swift-shows-us");
  await desk.getByRole("button", { name: "Begin to work with it" }).click();
  await desk.getByText("not a public host name").waitFor();
  await desk.getByLabel("Address of its interface").fill("https://api.swift-and-sons.com");
  await desk.getByRole("button", { name: "Begin to work with it" }).click();
  await desk.getByRole("heading", { name: "Swift & Sons" }).waitFor();
  expect(await desk.locator("body").innerText()).not.toContain("what-we-show");
  expect(await faultsOf(desk)).toEqual([]);

  await stage.admin("PUT", "/v1/zones/main/settings", { neighbours: ["harbour"] });
  await open("settings", tasca);
  await desk.getByLabel("Longest way to the counter (minutes)").fill("12");
  await desk.getByRole("button", { name: "Save for the zone" }).click();
  await desk.getByText("Saved.").waitFor();
  expect(await stage.read("/v1/zones/main/settings")).toMatchObject({ neighbours: ["harbour"], reach: 720 });
  await desk.getByLabel("Longest way to the counter (minutes)").fill("10");
  await desk.getByText("Saved.").waitFor({ state: "detached" });
  await desk.getByLabel("Food usually takes (minutes)").fill("35");
  await desk.getByRole("button", { name: "Add Swift & Sons" }).click();
  expect(await faultsOf(desk)).toEqual([]);
  const venue = (await (await fetch(`${stage.harness.baseUrl}/v1/venues/demo-1`)).json()) as { settings: object };
  await stage.admin("PUT", "/v1/venues/demo-1", { ...venue.settings, deliveryFee: 333 });
  await desk.getByRole("button", { name: "Save", exact: true }).click();
  await desk.getByText("Changed by them: delivery fee.").waitFor();
  await desk.getByRole("button", { name: "Take theirs, keep what I changed" }).click();
  await desk.getByRole("button", { name: "Save", exact: true }).click();
  await desk.getByText("Saved.").waitFor();
  // What anybody reads of a venue may be a second old.
  await expect
    .poll(async () => (await fetch(`${stage.harness.baseUrl}/v1/venues/demo-1`)).json())
    .toMatchObject({ settings: { preparation: "PT35M", deliveryFee: 333, channels: ["own", "swift"] } });
});

it("the whole house has its settings, and its record of who did what", async () => {
  await open("house");
  await desk.getByLabel("Allowed origins").fill("http://shop.example");
  await desk.getByText("is no https origin").waitFor();
  await desk.getByLabel("Allowed origins").fill("https://shop.example");
  await desk.getByRole("button", { name: "Save", exact: true }).click();
  await desk.getByText("Saved.").waitFor();
  expect(await faultsOf(desk)).toEqual([]);
  await open("audit?path=/tenant/settings");
  await desk.getByText("PUT /v1/tenant/settings").waitFor();
  expect(await faultsOf(desk)).toEqual([]);
});
