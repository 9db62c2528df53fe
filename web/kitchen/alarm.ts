import { type ReadonlySignal, signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { TabletSettings } from "./tablet.ts";

/** How pressing it is: 0 is a new order, 1 to 3 how often it was told that nobody has seen one. */
export type Urgency = 0 | 1 | 2 | 3;

const everyMs = { 0: 2_000, 1: 1_200, 2: 900, 3: 600 } as const satisfies Record<Urgency, number>;
const louder = { 0: 1, 1: 1.6, 2: 2.5, 3: 4 } as const satisfies Record<Urgency, number>;
const notes = [880, 660, 880];
const urgentNotes = [1_320, 990, 1_320, 990];
const loudness: Readonly<Record<TabletSettings["volume"], number>> = { low: 0.08, usual: 0.25, high: 0.7 };

const tellAfterMs = 400;

let audio: AudioContext | null = null;
const running = signal(false);

/** Whether anything can be heard: browsers are silent until somebody has touched the page. */
export const sound: ReadonlySignal<boolean> = running;

/** Lets the page be heard; only in answer to a touch or a key. */
export async function allowSound(): Promise<void> {
  if (audio === null) {
    audio = new AudioContext();
    audio.addEventListener("statechange", tell);
  }
  await audio.resume().catch(() => undefined);
  tell();
}

/** What says that the tablet is silent goes after the touch: going within it, it would move what is being pressed. */
function tell(): void {
  setTimeout(() => (running.value = audio?.state === "running"), tellAfterMs);
}

/**
 * Rings until somebody touches the screen or a key, once more for whatever comes after that. `calls` are the reasons to
 * ring, by a key each; the more urgent, the louder, the faster and the higher.
 */
export function useAlarm(calls: readonly string[], urgency: Urgency, volume: TabletSettings["volume"]): void {
  const [heard, setHeard] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const touched = () => {
      setHeard(new Set(calls));
      void allowSound();
    };
    addEventListener("pointerdown", touched);
    addEventListener("keydown", touched);
    return () => {
      removeEventListener("pointerdown", touched);
      removeEventListener("keydown", touched);
    };
  }, [calls.join()]);
  const ringing = calls.some((call) => !heard.has(call));
  useEffect(() => {
    if (!ringing) return undefined;
    ring(volume, urgency);
    const timer = setInterval(() => ring(volume, urgency), everyMs[urgency]);
    return () => clearInterval(timer);
  }, [ringing, urgency, volume]);
}

/** One ring, as loud as the tablet is set to. */
export function ring(volume: TabletSettings["volume"], urgency: Urgency): void {
  if (audio?.state !== "running") return;
  navigator.vibrate?.(urgency > 0 ? [200, 80, 200] : 150);
  const length = urgency > 0 ? 0.12 : 0.16;
  for (const [at, pitch] of (urgency > 0 ? urgentNotes : notes).entries()) {
    const begin = audio.currentTime + at * length;
    const tone = audio.createOscillator();
    const gain = audio.createGain();
    tone.frequency.value = pitch;
    tone.type = "square";
    gain.gain.setValueAtTime(Math.min(1, loudness[volume] * louder[urgency]), begin);
    gain.gain.exponentialRampToValueAtTime(0.001, begin + length - 0.01);
    tone.connect(gain).connect(audio.destination);
    tone.start(begin);
    tone.stop(begin + length);
  }
}
