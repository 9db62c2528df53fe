import { readFileSync } from "node:fs";
import { defineCommand } from "citty";
import { orderRoutes } from "../../contracts/order-routes.ts";
import { print, remoteCommand } from "./command.ts";
import { connectAs, valueOf } from "./connection.ts";
import { exportedLog } from "../../domain/order/logged-event.ts";
import { verifyLog } from "./exported-log.ts";
import { Failed, Refused } from "./failed.ts";
import { ledgerText } from "./ledger-text.ts";

const order = { order: { type: "positional", description: "its id: ord_…", required: true } } as const;

const show = remoteCommand(
  "show",
  "Prints an order",
  { ...order, at: { type: "string", description: "as it was after its event of that number", valueHint: "N" } },
  async (args) => {
    const { api, as } = connectAs(args, "admin");
    const query: Record<string, string> = args.at === undefined ? {} : { at: args.at };
    print(valueOf(await api.call(orderRoutes.read, { as, params: { order: args.order }, query })));
  },
);

const events = remoteCommand(
  "events",
  "Prints an order's log",
  {
    ...order,
    after: { type: "string", description: "only what came after this number", valueHint: "N", default: "0" },
    json: { type: "boolean", description: "whole, as JSON" },
  },
  async (args) => {
    const { api, as } = connectAs(args, "admin");
    const reply = await api.call(orderRoutes.events, {
      as,
      params: { order: args.order },
      query: { after: args.after ?? "0" },
    });
    const log = valueOf(reply).events;
    if (args.json === true) return print(log);
    for (const { seq, at, type, by, body } of log)
      console.log(`${String(seq).padStart(4)}  ${at}  ${type.padEnd(22)} ${by}  ${body}`);
  },
);

const ledger = remoteCommand(
  "ledger",
  "Prints an order's way through the machinery: every fact and outside call, with times, attempts and cost",
  { ...order, json: { type: "boolean", description: "whole, as JSON" } },
  async (args) => {
    const { api, as } = connectAs(args, "admin");
    const whole = valueOf(await api.call(orderRoutes.ledger, { as, params: { order: args.order } }));
    if (args.json === true) print(whole);
    else console.log(ledgerText(whole));
  },
);

const erase = remoteCommand(
  "erase",
  "Erases the customer's data of an order that is over; this cannot be undone",
  order,
  async (args) => {
    const { api, as } = connectAs(args, "admin");
    valueOf(await api.call(orderRoutes.erase, { as, params: { order: args.order } }));
    console.log(`${args.order}: erased.`);
  },
);

const exportLog = remoteCommand("export", "Prints an order's log as CloudEvents, one a line", order, async (args) => {
  const { api, as } = connectAs(args, "admin");
  const params = { order: args.order };
  const { id, tenant } = valueOf(await api.call(orderRoutes.read, { as, params, query: {} }));
  const { events: log } = valueOf(await api.call(orderRoutes.events, { as, params, query: { after: "0" } }));
  process.stdout.write(exportedLog({ tenant, id }, log));
});

const verify = defineCommand({
  meta: { name: "verify", description: "Says whether an exported log is whole; status 1 where it is not" },
  args: { file: { type: "positional", description: "what `order export` printed", required: true } },
  run({ args: { file } }) {
    try {
      const verdict = verifyLog(textIn(file));
      if (!verdict.whole) throw new Refused(`${file}:${verdict.line}: ${verdict.why}.`);
      console.log(`${verdict.order}: ${verdict.events} events, the chain is whole.`);
    } catch (error) {
      process.exitCode = error instanceof Refused ? 1 : 2;
      console.error(error instanceof Error ? error.message : error);
    }
  },
});

function textIn(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Failed(`${file} cannot be read: ${String(error)}`);
  }
}

export const orderCommands = defineCommand({
  meta: { name: "order", description: "Orders" },
  subCommands: { show, events, ledger, export: exportLog, verify, erase },
});
