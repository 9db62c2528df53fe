import { registerHooks } from "node:module";

const standIn = new URL("../../workers/shared/testing/cloudflare-workers.ts", import.meta.url).href;

// Lets the workers' own code be imported by plain Node. Only what is imported after this module is.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "cloudflare:workers" ? { url: standIn, shortCircuit: true } : next(specifier, context),
});
