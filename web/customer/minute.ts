import { computed } from "@preact/signals";
import { now } from "../shared/now.ts";

/** The minute that has begun, in epoch ms: a lunch dish leaves the menu when lunch is over. */
export const thisMinute = computed(() => Math.floor(now.value / 60_000) * 60_000);
