import { bodyLimit } from "hono/body-limit";
import { refuse } from "../../../contracts/problem.ts";
import { problemResponse } from "../../shared/problem.ts";

/** Refuses more than 16 KiB before it is read: nothing about tokens is longer. */
export const smallBody = bodyLimit({
  maxSize: 16 * 1_024,
  onError: (c) => problemResponse(refuse("too-large", "At most 16 KiB."), c.req.raw),
});
