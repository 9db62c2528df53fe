import { z } from "zod";

/** The number of an actor's event: counts from 1 without a gap; 0 before the first. */
export const Seq = z.int().nonnegative();
