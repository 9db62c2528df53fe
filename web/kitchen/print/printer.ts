import { type ReadonlySignal, signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { z } from "zod";
import type { TicketView } from "../../../contracts/kitchen.ts";
import { ahead } from "../../shared/later.tsx";
import { keep, kept } from "../../shared/storage.ts";
import type { Kitchen } from "../board-page.tsx";
import type { Tablet } from "../tablet.ts";
import { tabletWords } from "../tablet-words.ts";
import type { Occasion } from "./slip-of.ts";
import type { Slip } from "./slip.ts";
import { chooseDevice, send, usbHere, type UsbDevice } from "./usb-printer.ts";

/** What makes a slip is here before the first one is wanted: the network may be gone by then. */
const slips = ahead(() => import("./slip-of.ts"));
const usbSlips = ahead(() => Promise.all([import("./escpos.ts"), import("./draw.ts")]));

/** Prints slips one after the other, on a printer at this tablet's USB or by the browser. */
export class Printer {
  readonly #tablet: Tablet;
  readonly #usb = usbHere();
  readonly #slip = signal<Slip | null>(null);
  readonly #problem = signal<string | null>(null);
  // Drawn one after the other: what makes a slip is fetched with the first.
  readonly #queue: (() => Promise<Slip>)[] = [];
  #device: UsbDevice | null = null;
  #busy = false;

  constructor(tablet: Tablet) {
    this.#tablet = tablet;
  }

  get hasUsb(): boolean {
    return this.#usb !== null;
  }

  /** What is on the paper that the browser prints now. */
  get slip(): ReadonlySignal<Slip | null> {
    return this.#slip;
  }

  get paper(): Tablet["settings"]["value"]["paper"] {
    return this.#tablet.settings.value.paper;
  }

  /** Why the last slip was not printed. */
  get problem(): ReadonlySignal<string | null> {
    return this.#problem;
  }

  print({ board, venue }: Kitchen, ticket: TicketView, occasion: Occasion): void {
    const { house } = board;
    const name = house.shown()?.settings.name ?? venue;
    const about = { venue: name, menu: house.menu.peek(), occasion, printedAt: Date.now() };
    this.#put(async () => (await slips()).slipOf(ticket, about));
  }

  printTest(): void {
    const slip: Slip = [
      { text: "Comanda", size: "double", weight: "bold", align: "center" },
      { text: tabletWords.value.testPrint, align: "center" },
      { text: "", rule: true },
      { text: "äöüß éèñ ç € 1234567890" },
      { text: "味 ж ا" },
    ];
    this.#put(() => Promise.resolve(slip));
  }

  /** Has somebody choose the printer; only in answer to a touch. */
  async connect(): Promise<void> {
    if (this.#usb === null) return;
    try {
      this.#device = await chooseDevice(this.#usb);
      this.#problem.value = null;
    } catch (error) {
      this.#problem.value = reasonOf(error);
    }
  }

  /** The browser has printed the slip, or somebody did not want it. */
  done(): void {
    // Some browsers say so before they have looked at the page.
    setTimeout(() => {
      this.#slip.value = null;
      this.#busy = false;
      void this.#next();
    }, 1_000);
  }

  #put(drawn: () => Promise<Slip>): void {
    this.#queue.push(drawn);
    void this.#next();
  }

  async #next(): Promise<void> {
    if (this.#busy) return;
    const drawn = this.#queue.shift();
    if (drawn === undefined) return;
    this.#busy = true;
    try {
      const slip = await drawn();
      if (this.#tablet.settings.peek().printer === "browser" || this.#usb === null) {
        this.#slip.value = slip;
        return;
      }
      this.#device ??= (await this.#usb.getDevices())[0] ?? null;
      if (this.#device === null) throw new Error(tabletWords.value.noPrinter);
      const [{ escpos }, { draw }] = await usbSlips();
      await send(this.#device, escpos(slip, this.paper, draw));
      this.#problem.value = null;
    } catch (error) {
      this.#device = null;
      this.#problem.value = reasonOf(error);
    }
    this.#busy = false;
    void this.#next();
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const Printed = z.array(z.string());
const mostKept = 300;

/** Prints every order once when it is taken in, whoever takes it in, and once more when it is cancelled after that. */
export function usePrintsAtOnce(kitchen: Kitchen, tickets: readonly TicketView[]): void {
  const { tablet, printer, venue } = kitchen;
  const name = `comanda.kitchen.printed.${venue}`;
  const known = useRef<string[] | null>(kept(name, Printed));
  const { printsAtOnce } = tablet.settings.value;
  const isKnown = kitchen.board.known.value;
  useEffect(() => {
    if (!printsAtOnce) {
      // What is in hand when somebody switches it on has been printed, or was not wanted.
      known.current = null;
      keep(name, null);
      return;
    }
    if (!isKnown) return;
    const due = tickets.flatMap((ticket) => {
      const occasion = dueOf(ticket);
      return occasion === null ? [] : [{ ticket, occasion, key: `${ticket.order} ${occasion}` }];
    });
    const before = known.current ?? due.map(({ key }) => key);
    for (const { ticket, occasion, key } of due) {
      const isNews = occasion === "new" || before.includes(`${ticket.order} new`);
      if (!before.includes(key) && isNews) printer.print(kitchen, ticket, occasion);
    }
    known.current = [...new Set([...before, ...due.map(({ key }) => key)])].slice(-mostKept);
    keep(name, known.current);
  }, [printsAtOnce, isKnown, tickets.map(({ order, status }) => `${order}${status}`).join()]);
}

function dueOf({ status }: TicketView): Occasion | null {
  switch (status) {
    case "accepted":
    case "preparing":
    case "ready":
      return "new";
    case "withdrawn":
      return "cancelled";
    case "waiting":
    case "handed-over":
    case "rejected":
      return null;
  }
}
