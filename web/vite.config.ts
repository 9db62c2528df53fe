import { defineConfig } from "vite";
import { files, ownModules } from "./build/own-modules.ts";
import { appShells } from "./build/app-shells.ts";
import { pagesAhead } from "./build/customer-pages.ts";
import { leanRoutes } from "./build/lean-routes.ts";
import { leanZod, pureZod } from "./build/lean-zod.ts";
import { paintFirst } from "./build/paint-first.ts";

const page = (path: string): string => new URL(path, import.meta.url).pathname;

/** Five small pages, each with its own script; `workers/ordering/http/apps.ts` says which address gets which. */
export default defineConfig({
  appType: "mpa",
  plugins: [ownModules(), leanZod(), leanRoutes(page("./")), paintFirst(), pagesAhead(), appShells()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2024",
    emptyOutDir: true,
    // Inlined files become data: URLs, which the Content-Security-Policy refuses for scripts and styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // Making a schema does nothing but make it: those of the contracts that a page does not use stay out of it.
      treeshake: { manualPureFunctions: [pureZod] },
      input: {
        welcome: page("index.html"),
        missing: page("404.html"),
        customer: page("customer/index.html"),
        kitchen: page("kitchen/index.html"),
        driver: page("driver/index.html"),
        admin: page("admin/index.html"),
        sw: page("service-worker/service-worker.ts"),
      },
      // A service worker has one address for ever, at the root of all it may keep.
      output: {
        entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
        chunkFileNames: ({ name }) => `assets/${name.split("~")[0]}-[hash].js`,
        codeSplitting: { groups: files },
      },
    },
  },
});
