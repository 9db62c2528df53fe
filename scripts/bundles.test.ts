import { expect, it } from "vitest";

import { bundleSizes } from "./bundles.ts";

it("reads a bundle's sizes from wrangler's own line", () => {
  expect(bundleSizes("…\nTotal Upload: 339.20 KiB / gzip: 71.05 KiB\n…")).toEqual({ rawKib: 339.2, gzipKib: 71.05 });
  expect(bundleSizes("✘ [ERROR] no such file")).toBeUndefined();
});
