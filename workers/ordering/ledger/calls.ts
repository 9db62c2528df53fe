import type { Trace } from "../../../contracts/desk.ts";
import type { Call } from "../../../contracts/ledger.ts";
import { rfc3339 } from "../../../contracts/time.ts";
import type { Account, Asked } from "./account.ts";

/** Every call the order asked for, with its outcome or what it waits for. */
export function callsOf({ asked }: Account, own: Trace): Call[] {
  return asked.map((call) => callOf(call, own));
}

function callOf({ key, kind, askedAt }: Asked, { made, outstanding }: Trace): Call {
  const call = { key, kind, askedAt: rfc3339(askedAt), endedAt: null, nextAt: null, error: null, effect: [] };
  const owed = outstanding.find((one) => one.key === key);
  if (owed !== undefined) {
    const { attempts, nextAt, error } = owed;
    return { ...call, outcome: "owed", attempts, nextAt: rfc3339(nextAt), error };
  }
  const done = made.find((one) => one.key === key);
  if (done === undefined) return { ...call, outcome: "without effect", attempts: null };
  const { attempts, endedAt, events } = done;
  return { ...call, outcome: "recorded", attempts, endedAt: rfc3339(endedAt), effect: [...events] };
}
