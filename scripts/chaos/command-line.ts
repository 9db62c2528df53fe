import type { ArgsDef } from "citty";

const preset = (description: string, valueHint: string, usual: string) =>
  ({ type: "string", description, valueHint, default: usual }) as const;

/** The options of `npm run chaos`. */
export const chaosArgs = {
  minutes: preset("orders come, and processes die, for so long; afterwards all comes to rest", "M", "3"),
  rate: preset("orders a second", "R", "1"),
  kills: {
    type: "string",
    description: "how often something is killed; some are killed again while they start. 5 a minute by default",
    valueHint: "N",
  },
  seed: preset("the same seed, the same orders and the same blows at the same moments", "S", "1"),
  json: { type: "string", description: "write the report there", valueHint: "FILE" },
} as const satisfies ArgsDef;
