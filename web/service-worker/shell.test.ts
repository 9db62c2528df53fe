import { expect, it } from "vitest";
import { isPage, shellOf, spent } from "./shell.ts";

it("knows whose page an address is, also that of a restaurant whose name begins like a device's", () => {
  expect(["/kitchen", "/driver/", "/admin/orders/1", "/kitchenette/bar", "/demo/demo-1/checkout"].map(shellOf)).toEqual(
    ["kitchen", "driver", "admin", "customer", "customer"],
  );
});

it("answers with an app's page what is a page, and leaves files and the API to the network", () => {
  expect(["/kitchen", "/demo", "/demo/demo-1", "/v1x/bar"].filter((path) => !isPage(path))).toEqual([]);
  expect(
    ["/", "/v1/orders", "/demo/app.webmanifest", "/assets/a-1.js", "/-/photos/a/1/b", "/openapi.json"].filter(isPage),
  ).toEqual([]);
});

it("keeps the files of the version before, for pages that are still open, and of no older one", () => {
  const names = [
    "comanda-kitchen-1",
    "comanda-driver-1",
    "comanda-kitchen-2",
    "comanda-kitchen-3",
    "comanda-kitchen-4",
  ];
  expect(spent(names, "kitchen", "4")).toEqual(["comanda-kitchen-1", "comanda-kitchen-2"]);
  expect(spent(["comanda-kitchen-4"], "kitchen", "4")).toEqual([]);
});
