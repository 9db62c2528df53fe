import type { TicketView } from "../../contracts/kitchen.ts";
import { clock, minutes, said } from "../shared/format.ts";
import type { PendingAction } from "../shared/pending.ts";
import { words } from "./words.ts";

type Body = PendingAction["body"];

/** Of what on a ticket something is done, so that nobody has to guess it later: the dishes, the time, the reason. */
export function aboutTicket(name: string, ticket: TicketView, body: Body, line?: number): string {
  const { lines, suggestedReadyAt, note } = ticket;
  const t = words.value;
  switch (name) {
    case "bump":
    case "unbump":
      return dishes(ticket, line === undefined ? [] : [line]);
    case "bumpLines":
    case "unbumpLines":
      return dishes(ticket, Array.isArray(body["lines"]) ? body["lines"] : []);
    case "accept":
    case "promise": {
      const { readyAt = name === "accept" ? suggestedReadyAt : null, prepMinutes } = body;
      if (typeof prepMinutes === "number") return t.readyIn(minutes(prepMinutes * 60_000));
      return typeof readyAt === "string" ? t.readyAt(clock(readyAt)) : "";
    }
    case "reject":
    case "cancel": {
      const { reason, detail } = body;
      const why = Object.entries(t.ends).find(([one]) => one === reason)?.[1] ?? "";
      return typeof detail === "string" && detail !== "" ? `${why} (${detail})` : why;
    }
    case "change": {
      const dish = typeof body["line"] === "number" ? lines[body["line"]] : undefined;
      const before = dish === undefined ? note : dish.note;
      const what = dish === undefined ? t.wholeOrder : said(dish.name);
      return `${what}: ${typeof body["note"] === "string" ? body["note"] : t.withoutWish(before ?? "")}`;
    }
    default:
      return "";
  }
}

/** Of a house: by how much it is slower, until when it pauses. */
export function aboutHouse(name: string, body: Body): string {
  const t = words.value;
  switch (name) {
    case "busy":
      return body["minutes"] === 0 ? t.notBusy : `+ ${minutes(Number(body["minutes"]) * 60_000)}`;
    case "pause":
      return typeof body["until"] === "string" ? t.pausedUntil(clock(body["until"])) : t.untilResumed;
    default:
      return "";
  }
}

function dishes({ lines }: TicketView, numbers: readonly number[]): string {
  return numbers
    .flatMap((number) => lines[number] ?? [])
    .map(({ quantity, name, variation }) => {
      const size = variation === null ? "" : ` ${said(variation.name)}`;
      return `${quantity}× ${said(name)}${size}`;
    })
    .join(", ");
}
