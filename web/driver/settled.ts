import { useEffect, useState } from "preact/hooks";

/** A thumb that was on its way to another button, or taps twice, is not taken at its word for so long. */
const suddenMs = 600;

/** Whether what `call` names has stood there long enough to be meant. `sudden`: false for what was not in anybody's way. */
export function useSettled(call: string, sudden: boolean): boolean {
  const [settled, setSettled] = useState(sudden ? "" : call);
  useEffect(() => {
    if (settled === call) return undefined;
    const timer = setTimeout(() => setSettled(call), suddenMs);
    return () => clearTimeout(timer);
  }, [call]);
  return settled === call;
}
