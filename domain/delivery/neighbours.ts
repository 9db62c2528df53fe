import { parseAddress, type Address } from "../../contracts/address.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import { take } from "./borrowing.ts";
import type { NeighbourCommand } from "./command.ts";
import { lend } from "./lending.ts";
import { release } from "./release.ts";
import type { Tale } from "./tale.ts";

/*
 * Lending at the borders. A loan is for one delivery; its number counts the lender's loans.
 *
 *   borrower: nobody of its own in time          lender: somebody idle whom it can spare
 *        │ ───────────── zone.driver-wanted ────────────► │
 *        │ ◄──────────── zone.driver-lent ─────────────── │ asks the driver for nothing any more
 *   offers it to the driver, or gives back              │
 *        │      off shift: ◄──── zone.driver-recalled ─── │
 *   nothing in hand any more                            │
 *        │ ───────────── zone.driver-returned ──────────► │ asks the driver again
 *
 * The borrower takes a driver on by `takeBy` or not at all. Later than that the lender asks it whether it has the
 * driver, and may believe a no: so a fact that was given up leaves nobody in no zone.
 */

/** What a neighbour says. */
export function judgeNeighbour(tale: Tale, command: NeighbourCommand, self: Address): Refusal | null {
  if (parseAddress(command.zone).tenant !== parseAddress(self).tenant) {
    return refuse("forbidden", "Zones lend to their own tenant's only.");
  }
  switch (command.type) {
    case "lend":
      lend(tale, command);
      return null;
    case "borrow":
      take(tale, command);
      return null;
    case "give-back": {
      const { driver, loan, zone } = command;
      const borrowed = tale.state.drivers[driver]?.borrowed;
      // Who has nothing in hand then is given back with everybody else who has not.
      if (borrowed?.from === zone && borrowed.loan === loan) release(tale, driver, "off-shift", tale.now);
      else tale.tell({ type: "driver-returned", driver, to: zone, loan });
      return null;
    }
    case "take-home": {
      const { driver, loan, zone } = command;
      const lent = tale.state.loans?.[driver];
      if (lent?.no === loan && lent.to === zone) tale.tell({ type: "loan-ended", driver, loan, reason: "returned" });
      return null;
    }
    case "hear-of-loan": {
      const { driver, loan, held } = command;
      if (tale.state.loans?.[driver]?.no === loan && !held) {
        tale.tell({ type: "loan-ended", driver, loan, reason: "never-taken" });
      }
      return null;
    }
  }
}
