import { parseArgs, type ParseArgsOptionsConfig } from "node:util";

/**
 * What a command that takes only options was asked. Undefined when it was asked how it is used, which is said, or when
 * it was asked what it does not understand: then that is said too, and the exit status will be 2.
 */
export function askedOf<const Options extends ParseArgsOptionsConfig>(usage: string, options: Options) {
  try {
    const { values } = parseArgs({ options: { ...options, help: { type: "boolean", short: "h" } } });
    if (!("help" in values && values.help === true)) return values;
    console.log(usage);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    process.exitCode = 2;
  }
  return undefined;
}
