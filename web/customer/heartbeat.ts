import { useEffect } from "preact/hooks";
import { reachable } from "../shared/reachable.ts";

/** With what the banner waits for, within the five seconds in which a page says that it is cut off. */
const everyMs = 1_200;
const patienceMs = 2_300;

/**
 * Notices a connection that is there and brings nothing, on a page that follows no socket; `back` is called once it
 * brings something again. What is asked for is a file's head, which costs next to nothing.
 */
export function useHeartbeat(back: () => void): void {
  useEffect(() => {
    let timer = 0;
    let isOver = false;
    const beat = async (): Promise<void> => {
      const isSeen = document.visibilityState === "visible";
      const isHere = !isSeen || (await answers());
      if (isOver) return;
      if (isSeen) {
        const isBack = isHere && !reachable.peek();
        reachable.value = isHere;
        if (isBack) back();
      }
      timer = setTimeout(() => void beat(), everyMs);
    };
    timer = setTimeout(() => void beat(), everyMs);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, []);
}

async function answers(): Promise<boolean> {
  try {
    await fetch("/favicon.svg", { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(patienceMs) });
    return true;
  } catch {
    return false;
  }
}
