import { defineCommand, runMain } from "citty";
import { clientCommands, tenantCommands, tokenCommand } from "./comanda/access-commands.ts";
import { deadLetterCommands } from "./comanda/dead-letter-commands.ts";
import { menuCommands } from "./comanda/menu-commands.ts";
import { orderCommands } from "./comanda/order-commands.ts";
import { venueCommands } from "./comanda/venue-commands.ts";

const command = defineCommand({
  meta: {
    name: "comanda",
    description:
      "Does by hand what Comanda's public API can do; with the credentials of `npm start` unless told otherwise.",
  },
  subCommands: {
    menu: menuCommands,
    tenant: tenantCommands,
    client: clientCommands,
    venue: venueCommands,
    order: orderCommands,
    "dead-letters": deadLetterCommands,
    token: tokenCommand,
  },
});

await runMain(command);
