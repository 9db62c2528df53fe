import { setFlagsFromString } from "node:v8";
import { compileFunction } from "node:vm";

// Never switched off again: the flag is all threads', and another may be compiling its own this very moment.
setFlagsFromString("--allow-natives-syntax");
const checkpoint = compileFunction("%PerformMicrotaskCheckpoint()");

/**
 * Lets every promise that can go on go on, until none can. A turn of Node's event loop does the same and asks the
 * kernel for news each time, which nobody here waits for. To be called from outside any promise.
 */
export function settlePromises(): void {
  checkpoint();
}
