import { computed } from "@preact/signals";
import { useMemo } from "preact/hooks";

/**
 * Something derived from signals and from what it is `of`: whoever uses it is drawn again when it becomes another one,
 * and not as often as the signals change. A full board has sixty tickets, and a clock that ticks every second.
 */
export function useDerived<T extends string | number | boolean | null>(derive: () => T, of: readonly unknown[]): T {
  return useMemo(() => computed(derive), of).value;
}
