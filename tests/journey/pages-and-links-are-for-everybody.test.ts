import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { OrderView } from "../../contracts/order.ts";
import { startHarness, type Harness } from "../harness.ts";
import { Restaurant, type Person } from "./restaurant.ts";
import { until } from "./until.ts";

const picture = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64"); // prettier-ignore
const hostile = `"><img src=x onerror="x()"><script>x()</script>`;

let harness: Harness;
let place: Restaurant;
let pictures: Server;
let host: string;

beforeAll(async () => {
  harness = await startHarness({ vars: { PUBLIC_URL: "https://eat.example" } });
  place = await Restaurant.open(harness, { name: hostile, address: hostile });
  pictures = createServer((request, response) => {
    if (request.url === "/good.png") return response.writeHead(200, { "content-type": "image/png" }).end(picture);
    if (request.url === "/page.svg") return response.writeHead(200, { "content-type": "image/svg+xml" }).end("<svg/>");
    return response.writeHead(200, { "content-type": "image/png" }).end(Buffer.alloc(4 * 1024 * 1024));
  });
  await new Promise<void>((resolve) => pictures.listen(0, "127.0.0.1", resolve));
  host = `http://127.0.0.1:${(pictures.address() as AddressInfo).port}`;
});
afterAll(async () => {
  pictures.close();
  await harness.stop();
});

const tokenBy = async (grant: Record<string, string>): Promise<{ status: number; person: Person | null }> => {
  const form = { method: "POST", body: new URLSearchParams(grant) };
  const answer = await fetch(`${harness.baseUrl}/v1/oauth/token`, form);
  if (!answer.ok) return { status: answer.status, person: null };
  const { access_token: token, subject } = z
    .object({ access_token: z.string(), subject: z.string() })
    .parse(await answer.json());
  return { status: answer.status, person: { token, subject } };
};

describe("the link of an order", () => {
  const grant_type = "urn:comanda:params:oauth:grant-type:order-link";

  test("lets whoever holds it follow that order, without a name or an address, and do nothing", async () => {
    const guest = await place.guest();
    const placed = await place.ask(guest, "POST", "/v1/orders", { body: place.wanted({ fulfilment: "delivery" }) });
    const { id } = OrderView.parse(JSON.parse(placed.text));
    const other = OrderView.parse(
      JSON.parse((await place.ask(guest, "POST", "/v1/orders", { body: place.wanted() })).text),
    );
    const told = await place.ask(guest, "GET", `/v1/orders/${id}/link`);
    const { key, path } = z.object({ key: z.string(), path: z.string() }).parse(JSON.parse(told.text));
    expect(path).toBe(`/${place.tenant}/orders/${id}#${key}`);
    expect((await place.ask(await place.guest(), "GET", `/v1/orders/${id}/link`)).status).toBe(404);

    const { person } = await tokenBy({ grant_type, tenant: place.tenant, order: id, key });
    if (person === null) throw new Error("the link lets nobody in");
    const seen = await place.ask(person, "GET", `/v1/orders/${id}`);
    const view = OrderView.parse(JSON.parse(seen.text));
    expect(view).toMatchObject({ id, customer: null, address: null, note: null, cancellableUntil: null });
    expect(view.delivery?.pin).toMatch(/^\d{4}$/);
    expect((await place.ask(person, "GET", `/v1/orders/${id}/status`)).status).toBe(200);
    for (const [method, what, status] of [
      ["GET", `/v1/orders/${other.id}`, 404],
      ["GET", `/v1/orders/${id}/events`, 403],
      ["GET", `/v1/orders/${id}/link`, 403],
      ["GET", "/v1/orders", 403],
      ["POST", `/v1/orders/${id}/cancel`, 403],
      ["POST", "/v1/orders", 403],
    ] as const) {
      const reply = await place.ask(person, method, what, method === "POST" ? { body: {} } : {});
      expect([method, what, reply.status]).toEqual([method, what, status]);
    }
  });

  test("is of one order of one tenant, and of no basket", async () => {
    const guest = await place.guest();
    const { checkout: _, ...basket } = place.wanted();
    const opened = await place.ask(guest, "POST", "/v1/orders", { body: basket });
    const { id } = OrderView.parse(JSON.parse(opened.text));
    const told = await place.ask(guest, "GET", `/v1/orders/${id}/link`);
    const { key } = z.object({ key: z.string() }).parse(JSON.parse(told.text));
    const { person } = await tokenBy({ grant_type, tenant: place.tenant, order: id, key });
    if (person === null) throw new Error("the link lets nobody in");
    expect((await place.ask(person, "GET", `/v1/orders/${id}`)).status).toBe(404);
    const wrong = { grant_type, tenant: place.tenant, order: id, key };
    const other = id.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
    for (const bad of [{ tenant: "another" }, { order: other }, { key: `${key}x` }, { key: "" }]) {
      expect((await tokenBy({ ...wrong, ...bad })).status).toBe(400);
    }
  });
});

test("a mail leads to the order's page, and opens it", async () => {
  const guest = await place.guest();
  const { id } = await place.place(guest, { customer: { name: "Ada", phone: null, email: "ada@example.org" } });
  await place.cook(id, "accept");
  const told = await place.ask(guest, "GET", `/v1/orders/${id}/link`);
  const { path } = z.object({ path: z.string() }).parse(JSON.parse(told.text));
  const mails = await until(
    async () => (await fetch(`${harness.sandboxUrl}/mailbox?account=${place.tenant}`)).text(),
    (text) => text.includes("ada@example.org"),
  );
  expect(mails).toContain(`https://eat.example${path}`);
});

describe("a venue's page", () => {
  test("takes nothing that a venue or a menu says for markup", async () => {
    const answer = await fetch(`${harness.baseUrl}/${place.tenant}/${place.venue}`, {
      headers: { accept: "text/html" },
    });
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(page).toContain("soup");
    expect(page).not.toMatch(/<img src=x|<script>x|onerror="/);
    expect(page.match(/<script/g)?.length).toBe(page.match(/<\/script>/g)?.length);
  });

  test("speaks its own language where the menu has none that the browser asks for", async () => {
    const document = await place.ask(place.admin, "GET", `/v1/venues/${place.venue}/menu/document`);
    const menu = JSON.parse(document.text) as { languages: string[]; items: { name: Record<string, string> }[] };
    const items = menu.items.map((item) => ({ ...item, name: { ...item.name, ar: "حساء" } }));
    const languages = [...new Set([...menu.languages, "ar"])];
    const body = { ...menu, languages, items };
    const published = await place.ask(place.admin, "PUT", `/v1/venues/${place.venue}/menu`, { body });
    expect([published.status, published.text]).toEqual([200, expect.stringContaining('"changed":true')]);
    const read = async (language: string): Promise<string> => {
      const headers = { accept: "text/html", "accept-language": language };
      return (await fetch(`${harness.baseUrl}/${place.tenant}/${place.venue}`, { headers })).text();
    };
    await until(
      () => read("fr, ar;q=0.5"),
      (page) => page.includes("حساء"),
    );
    expect(await read("fr, fi;q=0.5")).not.toContain("حساء");
  });
});

test("no venue is opened at an address that is another page's", async () => {
  const { settings } = z
    .object({ settings: z.record(z.string(), z.unknown()) })
    .parse(await (await fetch(`${harness.baseUrl}/v1/venues/${place.venue}`)).json());
  const { zone: _, ...body } = settings;
  const answer = await place.ask(place.admin, "PUT", "/v1/venues/orders", { body });
  expect([answer.status, answer.text]).toEqual([422, expect.stringContaining("other pages' addresses: orders")]);
});

describe("a dish's picture", () => {
  test("comes from our own origin, and is nothing but a picture of bearable size", async () => {
    const menu = JSON.parse((await place.ask(place.admin, "GET", `/v1/venues/${place.venue}/menu/document`)).text) as {
      items: { id: string; photo: string | null }[];
    };
    const photos = ["/good.png", "/page.svg", "/huge.png"];
    const items = menu.items.map((item, at) => ({
      ...item,
      photo: photos[at] === undefined ? null : host + photos[at],
    }));
    const published = await place.ask(place.admin, "PUT", `/v1/venues/${place.venue}/menu`, {
      body: { ...menu, items },
    });
    const { version } = z.object({ version: z.int() }).parse(JSON.parse(published.text));
    const photo = (item: string, of = version) => fetch(`${harness.baseUrl}/-/photos/${place.venue}/${of}/${item}`);
    const good = await photo(items[0]?.id ?? "");
    expect([good.status, good.headers.get("content-type")]).toEqual([200, "image/png"]);
    expect(good.headers.get("cache-control")).toContain("immutable");
    expect(Buffer.from(await good.arrayBuffer())).toEqual(picture);
    for (const { id, photo: named } of items.slice(1)) expect([named, (await photo(id)).status]).toEqual([named, 404]);
    expect((await photo("nothing")).status).toBe(404);
    expect((await photo(items[0]?.id ?? "", version - 1)).status).toBe(404);
  });
});
