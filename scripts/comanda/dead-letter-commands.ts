import { defineCommand } from "citty";
import { operationRoutes } from "../../contracts/operations.ts";
import { print, remoteCommand } from "./command.ts";
import { Failed } from "./failed.ts";
import { connectAs, valueOf } from "./connection.ts";

const list = remoteCommand(
  "list",
  "Lists the facts that could not be handled",
  {
    state: { type: "enum", description: "which of them", options: ["open", "closed", "dropped"], default: "open" },
    json: { type: "boolean", description: "whole, as JSON" },
  },
  async (args) => {
    const { api, as } = connectAs(args, "admin");
    const query = { state: args.state ?? "open" };
    const { deadLetters } = valueOf(await api.call(operationRoutes.deadLetters, { as, query }));
    if (args.json === true) return print(deadLetters);
    if (deadLetters.length === 0) console.log(`There are no ${query.state} dead letters.`);
    for (const { id, type, sender, receiver, sequence, attempts, lastAt, error } of deadLetters) {
      console.log(
        `${id}\n  ${type} number ${sequence}, ${sender} → ${receiver}\n  ${attempts} attempts, last ${lastAt}: ${error}`,
      );
    }
  },
);

const redrive = remoteCommand(
  "redrive",
  "Sends a dead letter's fact once more; all open ones with --all",
  {
    id: { type: "positional", description: "the letter's id", required: false },
    all: { type: "boolean", description: "every open one" },
  },
  async (args) => {
    const { api, as } = connectAs(args, "admin");
    if (args.all !== true && args.id === undefined) throw new Failed("Name a letter's id, or say --all.");
    const ids = args.all === true ? await openIds() : args.id === undefined ? [] : [args.id];
    for (const id of ids) {
      const letter = valueOf(await api.call(operationRoutes.redrive, { as, params: { id }, body: {} }));
      console.log(`${letter.id} was sent again.`);
    }
    if (ids.length === 0) console.log("There are no open dead letters.");

    async function openIds(): Promise<string[]> {
      const { deadLetters } = valueOf(await api.call(operationRoutes.deadLetters, { as, query: { state: "open" } }));
      return deadLetters.map((letter) => letter.id);
    }
  },
);

export const deadLetterCommands = defineCommand({
  meta: { name: "dead-letters", description: "Facts that could not be handled" },
  subCommands: { list, redrive },
});
