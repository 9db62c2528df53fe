import { useEffect } from "preact/hooks";

/** Keeps the screen on while the board is looked at; the lock goes whenever the page is hidden, and is taken again. */
export function useScreenAwake(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null;
    const hold = async () => {
      if (!("wakeLock" in navigator) || document.visibilityState !== "visible") return;
      lock = await navigator.wakeLock.request("screen").catch(() => null);
    };
    const look = () => void hold();
    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      void lock?.release();
    };
  }, []);
}
