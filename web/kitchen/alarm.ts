import { useEffect, useState } from "preact/hooks";

const everyMs = 2_000;
const notes = [880, 660, 880];
let audio: AudioContext | null = null;

/** Rings while an order waits that nobody has touched the screen for. Browsers are silent until the first touch. */
export function useAlarm(waiting: readonly string[]): { readonly on: boolean; allow(): void } {
  const [on, setOn] = useState(audio?.state === "running");
  const [heard, setHeard] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const touched = () => {
      setHeard(new Set(waiting));
      void allowed().then(setOn);
    };
    addEventListener("pointerdown", touched);
    addEventListener("keydown", touched);
    return () => {
      removeEventListener("pointerdown", touched);
      removeEventListener("keydown", touched);
    };
  }, [waiting.join()]);
  const ringing = waiting.some((order) => !heard.has(order));
  useEffect(() => {
    if (!ringing) return undefined;
    ring();
    const timer = setInterval(ring, everyMs);
    return () => clearInterval(timer);
  }, [ringing]);
  return { on, allow: () => void allowed().then(setOn).then(ring) };
}

async function allowed(): Promise<boolean> {
  audio ??= new AudioContext();
  await audio.resume().catch(() => undefined);
  return audio.state === "running";
}

function ring(): void {
  if (audio?.state !== "running") return;
  for (const [at, pitch] of notes.entries()) {
    const begin = audio.currentTime + at * 0.16;
    const tone = audio.createOscillator();
    const loudness = audio.createGain();
    tone.frequency.value = pitch;
    tone.type = "square";
    loudness.gain.setValueAtTime(0.25, begin);
    loudness.gain.exponentialRampToValueAtTime(0.001, begin + 0.15);
    tone.connect(loudness).connect(audio.destination);
    tone.start(begin);
    tone.stop(begin + 0.16);
  }
}
