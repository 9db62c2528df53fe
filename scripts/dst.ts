import "./dst/in-node.ts";

const { run } = await import("./dst/run.ts");
process.exitCode = await run(process.argv.slice(2));
