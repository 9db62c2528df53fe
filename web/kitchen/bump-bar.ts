import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { serverNow } from "../shared/server-clock.ts";
import type { ShownTicket } from "./after-pending.ts";
import type { Board } from "./board.ts";
import type { Kitchen } from "./board-page.tsx";
import { bumpKeyOf, type BumpKey } from "./bump-keys.ts";
import { bumpPart } from "./ticket-actions.tsx";
import { accept } from "./ticket-answer.tsx";

/** The order of the ticket that was last chosen by a key. */
let chosen: string | undefined;

/** Works the board by keys. The chosen ticket is the one that has the focus, so that it is seen and heard which it is. */
export function useBumpBar(kitchen: Kitchen, shown: readonly ShownTicket[], help: () => void): void {
  const now = useRef({ kitchen, shown, help });
  now.current = { kitchen, shown, help };
  useEffect(() => {
    // Listening once: a listener changed at every drawing would miss the key by which another one has it drawn again.
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const at = event.target instanceof Element ? event.target : document.body;
      if (at.closest("dialog, input, select, textarea") !== null) return;
      const key = bumpKeyOf(event.key);
      const isButton = at.closest("button, summary, a") !== null;
      if (key === null || (isButton && event.key === "Enter")) return;
      event.preventDefault();
      act(now.current.kitchen, now.current.shown, key, at, now.current.help);
    };
    const elsewhere = () => (chosen = undefined);
    addEventListener("keydown", pressed);
    addEventListener("pointerdown", elsewhere);
    return () => {
      removeEventListener("keydown", pressed);
      removeEventListener("pointerdown", elsewhere);
    };
  }, []);
  useLayoutEffect(() => {
    // A ticket that is moved along the rail loses the focus on the way.
    const lost = chosen !== undefined && document.activeElement === document.body;
    if (lost) focusOn(shown.find(({ order }) => order === chosen));
  });
}

function act(kitchen: Kitchen, shown: readonly ShownTicket[], key: BumpKey, at: Element, help: () => void): void {
  const { board, tablet, printer } = kitchen;
  const place = shown.findIndex(({ order }) => order === (orderAt(at) ?? chosen));
  const ticket = shown[place];
  switch (key.does) {
    case "select":
      return focusOn(shown[key.place - 1]);
    case "move":
      return focusOn(shown[place === -1 ? 0 : (place + key.by + shown.length) % shown.length]);
    case "line":
      return focusOnLine(at, key.by);
    case "undo":
      return board.deeds.undo();
    case "recall": {
      const last = board.all.peek().findLast(({ status }) => status === "ready");
      return last === undefined ? undefined : board.do("recall", last);
    }
    case "all-day":
      return tablet.set({ allDay: !tablet.settings.peek().allDay });
    case "help":
      return help();
    case "bump":
    case "start":
    case "later":
    case "open":
    case "refuse":
    case "print": {
      if (ticket === undefined) return undefined;
      const next = shown[place + 1] ?? shown[place - 1];
      withTicket(kitchen, ticket, key.does, printer);
      if (key.does !== "bump") return undefined;
      // What is bumped goes, and the next comes under the finger: at once, for the next key may come before the next frame.
      focusOn(next);
      // By then it may stand elsewhere.
      requestAnimationFrame(() => cardOf(chosen)?.scrollIntoView({ block: "nearest" }));
      return undefined;
    }
  }
}

function withTicket(
  kitchen: Kitchen,
  ticket: ShownTicket,
  does: "bump" | "start" | "later" | "open" | "refuse" | "print",
  printer: Kitchen["printer"],
): void {
  const { board, tablet } = kitchen;
  switch (does) {
    case "bump":
      return bumpTicket(board, ticket, () => bumpPart(kitchen, ticket), tablet.settings.peek().stations !== null);
    case "start":
      return ticket.status === "accepted" ? board.do("start", ticket) : undefined;
    case "later": {
      if (ticket.status !== "accepted" && ticket.status !== "preparing") return undefined;
      const from = Math.max(Date.parse(ticket.readyAt ?? ticket.suggestedReadyAt), serverNow());
      return board.do("promise", ticket, { readyAt: new Date(from + 5 * 60_000).toISOString() });
    }
    case "open":
      return kitchen.open(ticket.order);
    case "refuse":
      // The reasons come where the button was; the arrows go through them.
      return refuse(ticket);
    case "print":
      return printer.print(kitchen, ticket, "again");
  }
}

/** The next step of a ticket, whichever that is. */
function bumpTicket(board: Board, ticket: ShownTicket, part: () => void, atStation: boolean): void {
  switch (ticket.status) {
    case "waiting":
      return accept(board, ticket);
    case "accepted":
    case "preparing":
      return atStation ? part() : board.do("ready", ticket);
    case "ready":
      return board.do("handover", ticket);
    case "withdrawn":
      return board.do("acknowledge", ticket);
    case "handed-over":
    case "rejected":
      return undefined;
  }
}

function refuse({ order }: ShownTicket): void {
  cardOf(order)?.querySelector<HTMLElement>(".ticket-refuse")?.click();
  requestAnimationFrame(() => cardOf(order)?.querySelector<HTMLElement>(".ticket-reasons button")?.focus());
}

function cardOf(order: string | undefined): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-order="${order ?? ""}"]`);
}

function orderAt(element: Element | null): string | undefined {
  return element?.closest<HTMLElement>("[data-order]")?.dataset["order"];
}

function focusOn(ticket: ShownTicket | undefined): void {
  chosen = ticket?.order;
  const card = cardOf(ticket?.order);
  card?.focus({ preventScroll: true });
  card?.scrollIntoView({ block: "nearest" });
}

/**
 * From line to line of the chosen ticket, or from reason to reason not to make it; the space bar then crosses a line out
 * or gives the reason, as any button is pressed.
 */
function focusOnLine(at: Element, by: -1 | 1): void {
  const card = at.closest("[data-order]");
  const reasons = card?.querySelectorAll<HTMLElement>(".ticket-reasons button") ?? [];
  const lines = [
    ...(reasons.length > 0 ? reasons : (card?.querySelectorAll<HTMLElement>(".ticket-lines button") ?? [])),
  ];
  const now = lines.findIndex((line) => line === at);
  lines[now === -1 ? (by === 1 ? 0 : lines.length - 1) : (now + by + lines.length) % lines.length]?.focus();
}
