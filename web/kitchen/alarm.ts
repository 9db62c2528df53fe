import { type ReadonlySignal, signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { TabletSettings } from "./tablet.ts";

const everyMs = 2_000;
const urgentEveryMs = 900;
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
 * ring, by a key each; with `urgent` it is louder, faster and higher.
 */
export function useAlarm(calls: readonly string[], urgent: boolean, volume: TabletSettings["volume"]): void {
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
    ring(volume, urgent);
    const timer = setInterval(() => ring(volume, urgent), urgent ? urgentEveryMs : everyMs);
    return () => clearInterval(timer);
  }, [ringing, urgent, volume]);
}

/** One ring, as loud as the tablet is set to. */
export function ring(volume: TabletSettings["volume"], urgent: boolean): void {
  if (audio?.state !== "running") return;
  navigator.vibrate?.(urgent ? [200, 80, 200] : 150);
  const length = urgent ? 0.12 : 0.16;
  for (const [at, pitch] of (urgent ? urgentNotes : notes).entries()) {
    const begin = audio.currentTime + at * length;
    const tone = audio.createOscillator();
    const gain = audio.createGain();
    tone.frequency.value = pitch;
    tone.type = "square";
    gain.gain.setValueAtTime(Math.min(1, loudness[volume] * (urgent ? 2.5 : 1)), begin);
    gain.gain.exponentialRampToValueAtTime(0.001, begin + length - 0.01);
    tone.connect(gain).connect(audio.destination);
    tone.start(begin);
    tone.stop(begin + length);
  }
}
