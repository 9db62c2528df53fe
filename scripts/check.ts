import { gates } from "./gates.ts";

for (const { name, check } of gates()) {
  const begun = Date.now();
  const { status, output } = await check();
  console.log(`${status === 0 ? "✓" : "✗"} ${name}  ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  if (status === 0) continue;
  console.log(output);
  process.exitCode = 1;
}
