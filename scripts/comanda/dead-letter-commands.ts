import { readFileSync } from "node:fs";
import { defineCommand } from "citty";
import { z } from "zod";
import type { DeadLetterDetail, Rehearsal } from "../../contracts/dead-letter.ts";
import { operationRoutes as routes } from "../../contracts/operations.ts";
import { print, remoteCommand } from "./command.ts";
import { connectAs, valueOf } from "./connection.ts";
import { letterLines, letterText } from "./dead-letter-text.ts";
import { Failed } from "./failed.ts";

const letter = { id: { type: "positional", description: "the letter's id", required: true } } as const;
const why = {
  type: "string",
  description: "why, for those who come after",
  valueHint: "TEXT",
  required: true,
} as const;

const list = remoteCommand(
  "list",
  "Lists the facts that could not be handled",
  {
    state: {
      type: "enum",
      description: "which of them",
      options: ["open", "closed", "dropped", "all"],
      default: "open",
    },
    order: { type: "string", description: "only those of one order", valueHint: "ORDER" },
    consumer: { type: "string", description: "only those one consumer gave up", valueHint: "QUEUE" },
    json: { type: "boolean", description: "whole, as JSON" },
  },
  async (args) => {
    const { api, as } = connectAs(args, "admin");
    const { state, order, consumer } = args;
    const given = { state, ...(order === undefined ? {} : { order }), ...(consumer === undefined ? {} : { consumer }) };
    let cursor: string | null = null;
    let found = 0;
    do {
      const query: Record<string, string> = cursor === null ? given : { ...given, cursor };
      const page: z.output<typeof routes.deadLetters.response> = valueOf(
        await api.call(routes.deadLetters, { as, query }),
      );
      if (args.json === true) page.deadLetters.forEach(print);
      else page.deadLetters.forEach((one) => console.log(letterLines(one)));
      found += page.deadLetters.length;
      cursor = page.next;
    } while (cursor !== null);
    if (found === 0 && args.json !== true)
      console.log(`There are no ${state === "all" ? "" : `${state} `}dead letters.`);
  },
);

const show = remoteCommand(
  "show",
  "Prints a letter: its fact, why it died, what waits behind it, what was done about it",
  { ...letter, json: { type: "boolean", description: "whole, as JSON" } },
  async (args) => {
    const { api, as } = connectAs(args, "admin");
    const detail: DeadLetterDetail = valueOf(await api.call(routes.deadLetter, { as, params: { id: args.id } }));
    if (args.json === true) print(detail);
    else console.log(letterText(detail));
  },
);

const dryRun = remoteCommand(
  "dry-run",
  "Says what the receiver would do with the letter's fact if it came now",
  letter,
  async (args) => {
    const { api, as } = connectAs(args, "admin");
    const rehearsal: Rehearsal = valueOf(await api.call(routes.dryRun, { as, params: { id: args.id } }));
    print(rehearsal);
  },
);

const edit = remoteCommand(
  "edit",
  "Has a letter's fact say something else; the original is kept",
  { ...letter, data: { type: "string", description: "what it says, as JSON; - for the standard input", valueHint: "FILE", required: true }, reason: why }, // prettier-ignore
  async (args) => {
    const { api, as } = connectAs(args, "admin");
    const body = { data: dataIn(args.data), reason: args.reason };
    valueOf(await api.call(routes.editLetter, { as, params: { id: args.id }, body }));
    console.log(`${args.id} was edited; see dry-run, then redrive it.`);
  },
);

const redrive = remoteCommand(
  "redrive",
  "Sends a dead letter's fact once more; those of one order with --order, all open ones with --all",
  {
    id: { type: "positional", description: "the letter's id", required: false },
    order: { type: "string", description: "every open one of this order", valueHint: "ORDER" },
    all: { type: "boolean", description: "every open one" },
  },
  async ({ id, order, all, ...connection }) => {
    const { api, as } = connectAs(connection, "admin");
    if ([id, order, all === true ? all : undefined].filter((one) => one !== undefined).length !== 1) {
      throw new Failed("Name a letter's id, or an order with --order, or say --all.");
    }
    if (id !== undefined) {
      valueOf(await api.call(routes.redrive, { as, params: { id }, body: {} }));
      return console.log(`${id} was sent again.`);
    }
    const which = order === undefined ? {} : { order };
    let sent = 0;
    let cursor: string | null = null;
    do {
      const body: z.input<typeof routes.redriveMany.body> = cursor === null ? which : { ...which, cursor };
      const answer: z.output<typeof routes.redriveMany.response> = valueOf(
        await api.call(routes.redriveMany, { as, body }),
      );
      sent += answer.redriven;
      cursor = answer.next;
    } while (cursor !== null);
    console.log(sent === 0 ? "There are no open dead letters." : `${sent} were sent again.`);
  },
);

const drop = remoteCommand(
  "drop",
  "Gives a letter's fact up, so that those behind it have their turn; it cannot be taken back",
  { ...letter, reason: why },
  async (args) => {
    const { api, as } = connectAs(args, "admin");
    valueOf(await api.call(routes.dropLetter, { as, params: { id: args.id }, body: { reason: args.reason } }));
    console.log(`${args.id} was dropped; its stream goes on.`);
  },
);

function dataIn(file: string): Record<string, z.core.util.JSONType> {
  try {
    return z.record(z.string(), z.json()).parse(JSON.parse(readFileSync(file === "-" ? 0 : file, "utf8")));
  } catch (error) {
    throw new Failed(`${file} holds no JSON object: ${String(error)}`);
  }
}

export const deadLetterCommands = defineCommand({
  meta: { name: "dead-letters", description: "Facts that could not be handled" },
  subCommands: { list, show, "dry-run": dryRun, edit, redrive, drop },
});
