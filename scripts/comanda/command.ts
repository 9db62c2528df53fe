import { type ArgsDef, type CommandDef, defineCommand, type ParsedArgs } from "citty";
import { unknownOptions } from "../simulate/text-options.ts";
import { connectionArgs } from "./connection.ts";
import { Failed, Refused } from "./failed.ts";

/** A command that speaks to a Comanda. Ends with status 0, 1 when the server refused, 2 when it could not even be asked. */
export function remoteCommand<const Own extends ArgsDef>(
  name: string,
  description: string,
  own: Own,
  act: (args: ParsedArgs<Own & typeof connectionArgs>) => Promise<void>,
): CommandDef<Own & typeof connectionArgs> {
  const args = { ...own, ...connectionArgs };
  return defineCommand({
    meta: { name, description },
    args,
    async run({ args: given, rawArgs }) {
      try {
        const unknown = unknownOptions(rawArgs, Object.keys(args));
        if (unknown.length > 0) throw new Failed(`There is no option --${unknown.join(", --")}. See --help.`);
        await act(given);
      } catch (error) {
        process.exitCode = error instanceof Refused ? 1 : 2;
        console.error(error instanceof Error ? error.message : error);
      }
    },
  });
}

export function print(value: unknown): void {
  console.log(JSON.stringify(value, null, 2));
}
