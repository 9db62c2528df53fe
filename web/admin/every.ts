import { useEffect } from "preact/hooks";

/** Does something every so often while the page is looked at: for what has no socket of its own. */
export function useEvery(ms: number, work: () => void): void {
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === "visible" && work(), ms);
    return () => clearInterval(timer);
  });
}
