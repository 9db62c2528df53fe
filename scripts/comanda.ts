import { defineCommand, runMain } from "citty";
import { clientCommands, tenantCommands, tokenCommand } from "./comanda/access-commands.ts";
import { deadLetterCommands } from "./comanda/dead-letter-commands.ts";
import { menuCommands } from "./comanda/menu-commands.ts";
import { orderCommands } from "./comanda/order-commands.ts";
import { venueCommands } from "./comanda/venue-commands.ts";
import { webhookCommands } from "./comanda/webhook-commands.ts";

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
    webhook: webhookCommands,
    "dead-letters": deadLetterCommands,
    token: tokenCommand,
  },
});

// The parser of the command line ends with 1 what it does not understand; here 1 is the server's no.
let ranToItsEnd = false;
process.once("beforeExit", () => (ranToItsEnd = true));
process.once("exit", (status) => {
  if (status === 1 && !ranToItsEnd) process.exitCode = 2;
});

await runMain(command);
