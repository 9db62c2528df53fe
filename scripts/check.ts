import { gates } from "./gates.ts";
import { askedOf } from "./usage.ts";

const asked = askedOf("npm run check: format, lint, types, nothing unused; no options", {});

for (const { name, check } of asked ? gates() : []) {
  const begun = Date.now();
  const { status, output } = await check();
  console.log(`${status === 0 ? "✓" : "✗"} ${name}  ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  if (status === 0) continue;
  console.log(output);
  process.exitCode = 1;
}
