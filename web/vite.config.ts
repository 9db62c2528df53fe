import { defineConfig } from "vite";

const page = (path: string): string => new URL(path, import.meta.url).pathname;

/** Five small pages, each with its own script; `workers/ordering/http/apps.ts` says which address gets which. */
export default defineConfig({
  appType: "mpa",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2024",
    emptyOutDir: true,
    // Inlined files become data: URLs, which the Content-Security-Policy refuses for scripts and styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        welcome: page("index.html"),
        missing: page("404.html"),
        customer: page("customer/index.html"),
        kitchen: page("kitchen/index.html"),
        driver: page("driver/index.html"),
        admin: page("admin/index.html"),
        devices: page("admin/devices/index.html"),
      },
    },
  },
});
