import { z } from "zod";

/** An instant as the wire has it: RFC 3339 in UTC. */
export const Instant = z.iso.datetime();

/** An instant as facts have it: milliseconds since 1970 in UTC. */
export const EpochMs = z.int().nonnegative();
