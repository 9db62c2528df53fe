import { type ReadonlySignal, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

const held = signal(false);

/** Whether the screen stays on as long as the board is looked at. */
export const screenStaysOn: ReadonlySignal<boolean> = held;

/** Keeps the screen on while the board is looked at; the lock goes whenever the page is hidden, and is taken again. */
export function useScreenAwake(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null;
    const hold = async () => {
      if (!("wakeLock" in navigator) || document.visibilityState !== "visible" || held.peek()) return;
      lock = await navigator.wakeLock.request("screen").catch(() => null);
      held.value = lock !== null;
      // The system takes it away when the battery is low, too: the next touch asks again.
      lock?.addEventListener("release", () => (held.value = false));
    };
    const look = () => void hold();
    look();
    document.addEventListener("visibilitychange", look);
    addEventListener("pointerdown", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      removeEventListener("pointerdown", look);
      void lock?.release();
    };
  }, []);
}
