import { useEffect } from "preact/hooks";

const everyMs = 2_500;
const notes = [
  [0, 660],
  [0.18, 880],
  [0.36, 1_175],
] as const;

let audio: AudioContext | null = null;

/** Browsers are silent until somebody has touched the page: the first touch of a shift lets it be heard. */
function wake(): void {
  audio ??= new AudioContext();
  void audio.resume().catch(() => undefined);
}

/** Rings and shakes for whatever `call` names, until somebody touches the screen or it is gone. */
export function useRing(call: string | null): void {
  useEffect(() => {
    addEventListener("pointerdown", wake);
    addEventListener("keydown", wake);
    return () => {
      removeEventListener("pointerdown", wake);
      removeEventListener("keydown", wake);
    };
  }, []);
  useEffect(() => {
    if (call === null) return undefined;
    ring();
    const timer = setInterval(ring, everyMs);
    const quiet = () => {
      clearInterval(timer);
      navigator.vibrate?.(0);
    };
    addEventListener("pointerdown", quiet, { once: true });
    addEventListener("keydown", quiet, { once: true });
    return () => {
      quiet();
      removeEventListener("pointerdown", quiet);
      removeEventListener("keydown", quiet);
    };
  }, [call]);
}

function ring(): void {
  // Refused, too, until the page was touched; Chromium says so in its console if it is tried before.
  if (navigator.userActivation?.hasBeenActive === true) navigator.vibrate?.([300, 120, 300, 120, 500]);
  if (audio?.state !== "running") return;
  for (const [after, pitch] of notes) {
    const begin = audio.currentTime + after;
    const tone = audio.createOscillator();
    const gain = audio.createGain();
    tone.type = "square";
    tone.frequency.value = pitch;
    gain.gain.setValueAtTime(0.4, begin);
    gain.gain.exponentialRampToValueAtTime(0.001, begin + 0.16);
    tone.connect(gain).connect(audio.destination);
    tone.start(begin);
    tone.stop(begin + 0.17);
  }
}
