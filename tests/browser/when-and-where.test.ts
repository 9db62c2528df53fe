import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { demoVenues } from "../../scripts/demo/venues.ts";
import { bread, choose, forDelivery, place, toCheckout, told } from "./guest.ts";
import { faultsOf } from "./soundness.ts";
import { onABusyMachine, Stage } from "./stage.ts";

let stage: Stage;
let phone: Page;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage?.stop());
afterEach(async () => {
  await phone.context().close();
  stage.demandSilence();
});

const day = 24 * 3_600_000;
/** So much is the phone's clock ahead, in ms. */
const wrongBy = 20 * 60_000 + 3 * day;
const inBerlin = (at: number, how: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Berlin", ...how }).format(at);

describe("an order for later", () => {
  it("is chosen with the keys alone, and booked for that day and time, by a phone whose clock and zone are wrong", async () => {
    phone = await stage.visit(stage.links.customer, "phone", { timezoneId: "America/New_York" });
    await phone.addInitScript(`{
      const Right = Date;
      globalThis.Date = class extends Right {
        constructor(...at) { super(...(at.length === 0 ? [Right.now() + ${wrongBy}] : at)); }
        static now() { return Right.now() + ${wrongBy}; }
      };
    }`);
    await phone.reload();
    await choose(phone, bread);
    await toCheckout(phone);
    await phone.getByLabel("As soon as possible").focus();
    await phone.keyboard.press("ArrowRight");
    const tomorrow = inBerlin(Date.now() + day, { weekday: "long", day: "numeric", month: "short" });
    const days = await phone.getByLabel("Day").locator("option").allInnerTexts();
    // Shortly before midnight there is no slot left today.
    if (days[0] !== tomorrow) {
      expect(days[0]).toMatch(/^Today, /);
      expect(days[1]).toBe(tomorrow);
      await phone.getByLabel("Day").press("ArrowDown");
    }
    expect(await phone.getByLabel("Day").inputValue()).toBe(tomorrow);
    await phone.getByLabel("Time").selectOption("12:15");
    expect(await faultsOf(phone)).toEqual([]);
    await place(phone);
    await told(phone, "Booked");
    await phone.getByText("Wanted tomorrow at 12:15").waitFor();
    await phone.getByText(/^All times are the restaurant's \(\S+\)\.$/).waitFor();
    await phone.getByText(/^Possible until tomorrow, \d\d:\d\d$/).waitFor();
  });

  it("is all there is where the restaurant is closed, and only while it will be open", async () => {
    const { "demo-3": settings } = demoVenues;
    const weekday = ((new Date(Date.now() + 2 * day).getUTCDay() + 6) % 7) + 1;
    const pickup = [{ weekdays: [weekday], from: "17:00", until: "18:00" }];
    await stage.admin("PUT", "/v1/venues/demo-3", { ...settings, hours: { pickup, delivery: pickup, "dine-in": [] } });
    phone = await stage.visit(stage.links.customer.replace("demo-1", "demo-3"), "phone", { locale: "de-DE" });
    await phone.getByRole("button", { name: /^Slaw/ }).click();
    await phone.getByRole("button", { name: /^Hinzufügen · / }).click();
    await phone.getByRole("button", { name: /^Bestellung ansehen/ }).click();
    await phone.getByRole("button", { name: "Zur Kasse" }).click();
    await phone.getByText("Das Restaurant hat gerade geschlossen.").waitFor();
    expect(await phone.getByLabel("So bald wie möglich").isDisabled()).toBe(true);
    const times = await phone.getByLabel("Uhrzeit").locator("option").allInnerTexts();
    expect(times).toEqual(["17:00", "17:15", "17:30", "17:45"]);
    await phone.getByLabel("Name").fill("Ada");
    await phone.getByRole("button", { name: /bestellen/ }).click();
    await told(phone, "Vorgemerkt");
  });
});

describe("an address that is too far away", () => {
  it("is refused in words, in both languages, and the order can be fetched instead", async () => {
    const inMunich = { permissions: ["geolocation"], geolocation: { latitude: 48.137, longitude: 11.575 } };
    phone = await stage.visit(stage.links.customer, "phone", inMunich);
    await choose(phone, bread);
    await toCheckout(phone);
    await forDelivery(phone);
    await phone.getByRole("button", { name: "use my position" }).click();
    await phone.getByText("The driver is shown where you are now.").waitFor();
    await phone.getByRole("button", { name: /^Order / }).click();
    await phone.getByRole("alert").getByText("This address is too far away for delivery.").waitFor();
    await phone.getByRole("button", { name: "Deutsch" }).click();
    await phone.getByRole("alert").getByText("Diese Adresse ist zu weit weg für eine Lieferung.").waitFor();
    expect(await faultsOf(phone)).toEqual([]);
    await phone.getByText("Pickup", { exact: true }).click();
    await place(phone);
    await told(phone, "Waiting for the kitchen");
  });
});

describe("a basket and its bill", () => {
  it("are one in two tabs, and a sum that changes while somebody pays is asked about before it is paid", async () => {
    phone = await stage.visit(stage.links.customer.replace("demo-1", "demo-2"), "phone");
    const other = await phone.context().newPage();
    await other.goto(phone.url());
    await choose(phone, "Edamame");
    await other.getByRole("button", { name: /^View order 1 item/ }).waitFor();
    await choose(other, "Edamame");
    await phone.getByRole("button", { name: /^View order 2 items/ }).waitFor();
    await toCheckout(phone);
    await toCheckout(other);
    const shown = await phone.getByRole("button", { name: /^Order and pay/ }).innerText();
    const path = "/v1/venues/demo-2/menu";
    const menu = (await stage.read(`${path}/document`)) as { items: { price?: number | null }[] };
    const dearer = menu.items.map((item) =>
      typeof item.price === "number" ? { ...item, price: item.price + 50 } : item,
    );
    await stage.admin("PUT", path, { ...menu, items: dearer });
    await phone.getByRole("button", { name: /^Order and pay/ }).click();
    await phone.getByRole("alert").getByText("it comes to another sum now").waitFor();
    await phone.getByText("The menu has changed since you were last here.").waitFor();
    expect(await faultsOf(phone)).toEqual([]);
    expect(await phone.getByRole("button", { name: /^Order and pay/ }).innerText()).not.toBe(shown);
    await place(phone);
    await told(phone, /Waiting for the kitchen|The kitchen has your order/);
    // What one tab has ordered, the other cannot order again.
    await other.getByRole("button", { name: "Filter" }).waitFor();
    expect(await other.getByRole("button", { name: /^View order/ }).count()).toBe(0);
  });
});

describe("a network that is there and brings nothing", () => {
  it(
    "is told of within five seconds, and what has changed meanwhile is there without a reload",
    onABusyMachine,
    async () => {
      phone = await stage.visit(stage.links.customer, "phone");
      await phone.getByRole("button", { name: /^Custard tart/ }).waitFor();
      await phone.route("**/*", () => undefined);
      await phone.getByText("No connection.").waitFor({ timeout: 5_000 });
      await stage.staff("POST", "/v1/venues/demo-1/sold-out", { key: "pastel-nata" });
      await phone.unroute("**/*");
      await phone.getByText("No connection.").waitFor({ state: "detached" });
      await phone.getByRole("button", { name: /^Custard tart.* Sold out/ }).waitFor();
    },
  );
});
