import { z } from "zod";
import type { CarrierFaults } from "./parcel.ts";

const mostTries = 3;
const againAfterMs = 1_000;
const patienceMs = 5_000;

/** A callback that is still to be sent: what, how often, and not before `due` (epoch ms). */
export interface Letter extends Record<string, SqlStorageValue> {
  number: number;
  body: string;
  tries: number;
  due: number;
}

/** The callbacks a carrier owes, kept in its storage. A shop that does not take one is told three times. */
export class Letters {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(
      "CREATE TABLE IF NOT EXISTS letters (number INTEGER PRIMARY KEY AUTOINCREMENT, parcel TEXT NOT NULL, body TEXT NOT NULL, tries INTEGER NOT NULL, due INTEGER)",
    );
  }

  /** Writes a callback; one that is to go backwards waits until the parcel has come to its `end`. */
  write(parcel: string, body: object, end: boolean, { callbacks }: CarrierFaults, now: number): void {
    const { copies = 1, order = "as-it-happens" } = callbacks ?? {};
    const due = order === "backwards" ? null : now;
    for (let copy = 0; copy < copies; copy += 1) {
      this.#sql.exec("INSERT INTO letters (parcel, body, tries, due) VALUES (?, ?, 0, ?)", parcel, JSON.stringify(body), due);
    }
    if (!end) return;
    const held = "SELECT count(*) FROM letters AS later WHERE later.parcel = letters.parcel AND later.number > letters.number";
    this.#sql.exec(`UPDATE letters SET due = ? + (${held}) WHERE parcel = ? AND due IS NULL`, now, parcel);
  } // prettier-ignore

  due(now: number): Letter[] {
    return this.#sql
      .exec<Letter>("SELECT number, body, tries, due FROM letters WHERE due <= ? ORDER BY due, number", now)
      .toArray();
  }

  /** When the next is to be sent (epoch ms), or Infinity. */
  nextAt(): number {
    const { at } = this.#sql.exec<{ at: number | null }>("SELECT min(due) AS at FROM letters").one();
    return z.number().nullable().parse(at) ?? Infinity;
  }

  /** Sends one, and forgets it when it was taken or has been tried often enough. */
  async send({ number, body, tries }: Letter, url: string, secret: string): Promise<void> {
    const taken = await this.#post(url, body, secret);
    if (taken || tries + 1 >= mostTries) this.#sql.exec("DELETE FROM letters WHERE number = ?", number);
    else this.#sql.exec("UPDATE letters SET tries = ?, due = ? WHERE number = ?", tries + 1, Date.now() + againAfterMs, number); // prettier-ignore
  }

  async #post(url: string, body: string, secret: string): Promise<boolean> {
    try {
      const headers = { "content-type": "application/json", "x-carrier-secret": secret };
      const response = await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(patienceMs) });
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false;
    }
  }
}
