import { useEffect } from "preact/hooks";

/** Keeps the screen on while a driver is on shift and looks: a phone that sleeps rings for no offer. */
export function useAwake(on: boolean): void {
  useEffect(() => {
    if (!on || !("wakeLock" in navigator)) return undefined;
    let lock: WakeLockSentinel | null = null;
    const hold = async () => {
      if (document.visibilityState !== "visible" || lock?.released === false) return;
      lock = await navigator.wakeLock.request("screen").catch(() => null);
    };
    const look = () => void hold();
    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      void lock?.release();
    };
  }, [on]);
}
