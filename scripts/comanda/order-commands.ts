import { defineCommand } from "citty";
import { orderRoutes } from "../../contracts/order-routes.ts";
import { print, remoteCommand } from "./command.ts";
import { connectAs, valueOf } from "./connection.ts";

const order = { order: { type: "positional", description: "its id: ord_…", required: true } } as const;

const show = remoteCommand("show", "Prints an order", order, async (args) => {
  const { api, as } = connectAs(args, "admin");
  print(valueOf(await api.call(orderRoutes.read, { as, params: { order: args.order } })));
});

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

export const orderCommands = defineCommand({
  meta: { name: "order", description: "Orders" },
  subCommands: { show, events },
});
