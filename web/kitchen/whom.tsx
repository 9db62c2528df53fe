import type { TicketView } from "../../contracts/kitchen.ts";
import { clock } from "../shared/format.ts";
import { Icon, type IconName } from "../shared/icon.tsx";
import { words } from "./words.ts";

const icons = { pickup: "bag", delivery: "bike", "dine-in": "pin" } as const satisfies Record<
  TicketView["fulfilment"],
  IconName
>;

/** Who gets it and how; a driver who is there or comes; when it was asked for. */
export function Whom({ ticket }: { readonly ticket: TicketView }) {
  const { fulfilment, customer, driver, table, requestedFor } = ticket;
  const t = words.value;
  return (
    <>
      <p class="ticket-whom">
        <Icon name={icons[fulfilment]} />{" "}
        {table === undefined ? (
          <strong>{t.fulfilment[fulfilment]}</strong>
        ) : (
          <strong class="ticket-table">
            {t.table} <bdi>{table}</bdi>
          </strong>
        )}{" "}
        <bdi>{customer}</bdi>
      </p>
      {driver === null ? null : (
        <p class="ticket-driver" data-here={driver.atVenue}>
          {driver.atVenue ? t.driverHere(driver.name) : t.driverComes(driver.name)}
          {driver.atVenue || driver.arrivesAt === undefined ? null : (
            <span class="figures"> {clock(driver.arrivesAt)}</span>
          )}
        </p>
      )}
      {requestedFor === null ? null : (
        <p class="ticket-wanted">
          <Icon name="clock" /> {t.wantedFor(clock(requestedFor))}
        </p>
      )}
    </>
  );
}
