import type { Plugin } from "vite";
import { customerPages } from "../../contracts/addresses.ts";
import { linksOf } from "./links-of.ts";

/**
 * A page of the customer's app fetches what draws it together with the app, not after it: a round trip less on a phone.
 * Each is a file of its own beside the app's, which is the menu's.
 */
export function pagesAhead(): Plugin {
  return {
    name: "pages-ahead",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const app = bundle["customer/index.html"];
        if (app?.type !== "asset") throw new Error("There is no page of the customer's app.");
        const whole = String(app.source);
        for (const page of customerPages) {
          const { styles, scripts } = linksOf(`/customer/${page}-page.tsx?of=customer`, whole, bundle);
          // What is painted with comes first, as `paintFirst` says of the app's own.
          const source = whole
            .replace(firstScript, (script) => lines(styles) + script)
            .replace("  </head>", `${lines(scripts.map(unhurried))}  </head>`);
          if (page === "menu") app.source = source;
          else this.emitFile({ type: "asset", fileName: `customer/${page}.html`, source });
        }
      },
    },
  };
}

const firstScript = /[ \t]*<script type="module"/;
const lines = (links: readonly string[]): string => links.map((link) => `    ${link}\n`).join("");
const unhurried = (link: string): string => link.replace("<link", '<link fetchpriority="low"');
