import { useEffect, useState } from "preact/hooks";
import type { TicketView } from "../../contracts/kitchen.ts";
import type { Board } from "./board.ts";

/** Tells the board what people can see: only then does an order count as received. */
export function useSeen(board: Board, shown: readonly TicketView[]): void {
  const [visible, setVisible] = useState(document.visibilityState === "visible");
  useEffect(() => {
    const look = () => setVisible(document.visibilityState === "visible");
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  const unseen = shown
    .filter(({ seenAt, status }) => seenAt === null && status === "waiting")
    .map(({ order }) => order);
  const live = board.live.value;
  useEffect(() => {
    if (visible && live && unseen.length > 0) board.tellSeen(unseen);
  }, [visible, live, unseen.join()]);
}
