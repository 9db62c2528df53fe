import { DurableObject } from "cloudflare:workers";
import { z } from "zod";
import { problemOf, refuse } from "../../../contracts/problem.ts";
import { answerOf, answerOfProblem, type Answer, type Outcome } from "../answer.ts";
import type { SandboxEnv } from "../env.ts";
import { FaultSwitch } from "../fault-switch.ts";
import { Letters } from "./letters.ts";
import {
  CarrierFaults, Entry, mayBecome, Parcel, Portal, quoteFor, readQuote, shown,
  type BookingRequest, type QuoteRequest, type Status, type Withdrawal,
} from "./parcel.ts"; // prettier-ignore

const currency = "EUR";
const minute = 60_000;
const unknown = refuse("not-found", "There is no such parcel.");

interface Move {
  readonly parcel: Parcel;
  readonly at: number;
  readonly to: Status;
}

/** One carrier as one shop knows it: its parcels, its books, the callbacks it still owes. */
export class ParcelObject extends DurableObject<SandboxEnv> {
  readonly #sql: SqlStorage;
  readonly #faults: FaultSwitch;
  readonly #letters: Letters;

  constructor(ctx: DurableObjectState, env: SandboxEnv) {
    super(ctx, env);
    this.#sql = ctx.storage.sql;
    this.#sql.exec(`
      CREATE TABLE IF NOT EXISTS parcels (key TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, document TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS withdrawn (key TEXT PRIMARY KEY) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS entries (number INTEGER PRIMARY KEY, document TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS papers (name TEXT PRIMARY KEY, document TEXT NOT NULL) WITHOUT ROWID;
    `);
    this.#faults = new FaultSwitch(ctx.storage);
    this.#letters = new Letters(this.#sql);
  }

  quote(key: string, wanted: QuoteRequest): Outcome {
    return this.#answer(`quote ${key}`, () => {
      const { id, amount, until } = quoteFor(wanted, Date.now());
      return answerOf(200, { id, price: { amount, currency }, expiresAt: new Date(until).toISOString() });
    });
  }

  /** Books once for its key, however often it is asked; never again once the key was withdrawn. */
  book(key: string, { reference, quote }: BookingRequest): Outcome {
    return this.#answer(`book ${key}`, () => {
      const known = this.#byKey(key);
      if (known !== null) return answerOf(201, shown(known));
      if (this.#sql.exec("SELECT 1 FROM withdrawn WHERE key = ?", key).toArray().length > 0) {
        return answerOfProblem(problemOf(refuse("invalid-value", "This booking was withdrawn before it came.")));
      }
      const offer = readQuote(quote);
      if (offer === null) return answerOfProblem(problemOf(refuse("invalid-value", "There is no such quote.")));
      const now = Date.now();
      if (offer.until < now) {
        return answerOfProblem({ type: "about:blank", title: "The quote has run out", status: 410 });
      }
      const number = this.#sql.exec<{ count: number }>("SELECT count(*) AS count FROM parcels").one().count + 1;
      const parcel: Parcel = {
        key,
        id: `parcel_${String(number).padStart(8, "0")}`,
        reference,
        status: "booked",
        tracking: `BP${String(number).padStart(9, "0")}`,
        price: offer.amount,
        currency,
        pickupAt: now + 20 * minute,
        dropoffAt: now + 60 * minute,
        changedAt: now,
      };
      this.#sql.exec("INSERT INTO parcels VALUES (?, ?, ?)", key, parcel.id, JSON.stringify(parcel));
      this.#enter(parcel);
      return answerOf(201, shown(parcel));
    });
  }

  parcel(id: string): Outcome {
    return this.#answer(`parcel ${id}`, () => {
      const parcel = this.#byId(id);
      return parcel === null ? answerOfProblem(problemOf(unknown)) : answerOf(200, shown(parcel));
    });
  }

  /** Takes a booking back, or sees to it that it will never be made: it may be on its way here still. */
  withdraw(key: string, { booking }: Withdrawal): Outcome {
    return this.#answer(`withdraw ${key}`, () => {
      const known = this.#byKey(booking);
      if (known !== null && known.status !== "withdrawn" && !this.#become(known, "withdrawn")) {
        return { status: 409, body: JSON.stringify({ parcel: shown(known) }) };
      }
      this.#sql.exec("INSERT OR IGNORE INTO withdrawn VALUES (?)", booking);
      return answerOf(200, { status: "withdrawn" });
    });
  }

  /** The parcel after it was moved by hand; a refusal where it cannot go there. */
  move(id: string, to: Status): Answer {
    const parcel = this.#byId(id);
    if (parcel === null) return answerOfProblem(problemOf(unknown));
    const moved = this.ctx.storage.transactionSync(() => this.#become(parcel, to));
    void this.#arm();
    if (!moved) return answerOfProblem(problemOf(refuse("conflict", `The parcel is ${parcel.status}.`)));
    return answerOf(200, shown(this.#byId(id) ?? parcel));
  }

  /** The lines of the books after number `after`, in order. Faults spare it: it is for whoever checks them. */
  entries(after: number, limit: number): Entry[] {
    return this.#sql
      .exec<{ number: number; document: string }>(
        "SELECT number, document FROM entries WHERE number > ? ORDER BY number LIMIT ?",
        after,
        limit,
      )
      .toArray()
      .map(({ number, document }) => Entry.parse({ number, ...JSON.parse(document) }));
  }

  portal(): Portal {
    return Portal.parse(this.#paper("portal") ?? {});
  }

  async setPortal(portal: Portal): Promise<void> {
    this.#sql.exec("INSERT OR REPLACE INTO papers VALUES ('portal', ?)", JSON.stringify(portal));
    await this.#arm();
  }

  faults(): CarrierFaults {
    return CarrierFaults.parse(this.#paper("faults") ?? {});
  }

  setFaults(faults: CarrierFaults): void {
    this.#sql.exec("INSERT OR REPLACE INTO papers VALUES ('faults', ?)", JSON.stringify(faults));
    this.#faults.set(faults.calls ?? null);
  }

  /** Parcels move on by themselves, and callbacks go out. */
  override async alarm(): Promise<void> {
    const now = Date.now();
    this.ctx.storage.transactionSync(() => {
      for (const { parcel, at, to } of this.#moves()) if (at <= now) this.#become(parcel, to);
    });
    const { callbackUrl, callbackSecret } = this.portal();
    // One after the other: what is sent out of order is so because it was told to be.
    if (callbackUrl !== null)
      for (const letter of this.#letters.due(now + minute)) await this.#letters.send(letter, callbackUrl, callbackSecret);
    await this.#arm();
  } // prettier-ignore

  #answer(request: string, act: () => Answer): Outcome {
    const outcome = this.ctx.storage.transactionSync(() => {
      const fate = this.#faults.next(request);
      return { fate, answer: fate.kind === "error" ? null : act(), replayed: false };
    });
    void this.#arm();
    return outcome;
  }

  #become(parcel: Parcel, status: Status): boolean {
    if (!mayBecome(parcel.status, status)) return false;
    const after = { ...parcel, status, changedAt: Date.now() };
    this.#sql.exec("UPDATE parcels SET document = ? WHERE key = ?", JSON.stringify(after), parcel.key);
    this.#enter(after);
    return true;
  }

  #enter(parcel: Parcel): void {
    const { id, reference, status: kind, price, currency: of, changedAt } = parcel;
    const entry = { parcel: id, reference, kind, price, currency: of, at: new Date(changedAt).toISOString() };
    this.#sql.exec("INSERT INTO entries (document) VALUES (?)", JSON.stringify(entry));
    if (this.portal().callbackUrl === null) return;
    const end = ["delivered", "lost", "withdrawn"].includes(kind);
    this.#letters.write(id, shown(parcel), end, this.faults(), changedAt);
  }

  #moves(): Move[] {
    const { shipsAfterMs, deliversAfterMs } = this.portal();
    if (shipsAfterMs === null && deliversAfterMs === null) return [];
    return this.#sql
      .exec<{ document: string }>("SELECT document FROM parcels")
      .toArray()
      .flatMap(({ document }): Move[] => {
        const parcel = Parcel.parse(JSON.parse(document));
        const { status, changedAt } = parcel;
        if (status === "booked" && shipsAfterMs !== null)
          return [{ parcel, at: changedAt + shipsAfterMs, to: "shipped" }];
        if (status === "shipped" && deliversAfterMs !== null)
          return [{ parcel, at: changedAt + deliversAfterMs, to: "delivered" }];
        return [];
      });
  }

  async #arm(): Promise<void> {
    const letterAt = this.portal().callbackUrl === null ? Infinity : this.#letters.nextAt();
    const at = Math.min(letterAt, ...this.#moves().map((move) => move.at));
    if (at < Infinity) await this.ctx.storage.setAlarm(Math.max(at, Date.now()));
  }

  #byKey(key: string): Parcel | null {
    return parcelIn(this.#sql.exec<{ document: string }>("SELECT document FROM parcels WHERE key = ?", key).toArray());
  }

  #byId(id: string): Parcel | null {
    return parcelIn(this.#sql.exec<{ document: string }>("SELECT document FROM parcels WHERE id = ?", id).toArray());
  }

  #paper(name: string): unknown {
    const [row] = this.#sql.exec<{ document: string }>("SELECT document FROM papers WHERE name = ?", name).toArray();
    return row === undefined ? null : z.unknown().parse(JSON.parse(row.document));
  }
}

function parcelIn([row]: { document: string }[]): Parcel | null {
  return row === undefined ? null : Parcel.parse(JSON.parse(row.document));
}
