import { useEffect } from "preact/hooks";

const everyMs = 2_500;
/** Something to take rises, something that is over falls: who rides does not look. */
const tunes = { rising: [660, 880, 1_175], falling: [1_175, 880, 660] } as const;
type Tune = keyof typeof tunes;

let audio: AudioContext | null = null;

/** Browsers are silent until somebody has touched the page: the first touch of a shift lets it be heard. */
function wake(): void {
  audio ??= new AudioContext();
  void audio.resume().catch(() => undefined);
}

/** Rings and shakes for whatever `call` names, until somebody touches the screen or it is gone. */
export function useRing(call: string | null, tune: Tune): void {
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
    ring(tune);
    const timer = setInterval(() => ring(tune), everyMs);
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
  }, [call, tune]);
}

function ring(tune: Tune): void {
  // Refused, too, until the page was touched; Chromium says so in its console if it is tried before.
  if (navigator.userActivation?.hasBeenActive === true) navigator.vibrate?.([300, 120, 300, 120, 500]);
  if (audio?.state !== "running") return;
  for (const [place, pitch] of tunes[tune].entries()) {
    const begin = audio.currentTime + place * 0.18;
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
