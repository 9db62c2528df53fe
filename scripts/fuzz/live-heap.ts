import { WebSocket } from "ws";
import { z } from "zod";

const Isolates = z.array(z.object({ id: z.string(), webSocketDebuggerUrl: z.string() }));
const Message = z.object({ id: z.number().optional(), result: z.unknown().optional() });
const Usage = z.object({ usedSize: z.number(), embedderHeapUsedSize: z.number(), backingStorageSize: z.number() });
const patienceMs = 60_000;

/**
 * Bytes that live in each isolate of the product, by worker, after everything nobody can reach any more was collected.
 * Of what a runtime holds in all that is the only part that says anything: V8 collects late while there is room, and with
 * it whatever native memory requests had.
 */
export async function liveHeap(inspectorPort: number): Promise<ReadonlyMap<string, number>> {
  const list: unknown = await (await fetch(`http://127.0.0.1:${inspectorPort}/json/list`)).json();
  const live = new Map<string, number>();
  for (const { id, webSocketDebuggerUrl } of Isolates.parse(list)) {
    const [, worker] = /^core:user:comanda-(\w+)$/.exec(id) ?? [];
    if (worker !== undefined) live.set(worker, await liveIn(webSocketDebuggerUrl));
  }
  return live;
}

async function liveIn(url: string): Promise<number> {
  const inspector = new WebSocket(url, { maxPayload: 2 ** 30 });
  const answers = new Map<number, (result: unknown) => void>();
  inspector.on("message", (data: Buffer) => {
    const { id, result } = Message.parse(JSON.parse(data.toString()));
    if (id !== undefined) answers.get(id)?.(result);
  });
  const timer = setTimeout(() => inspector.terminate(), patienceMs);
  const call = (id: number, method: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      answers.set(id, resolve);
      inspector.once("close", () => reject(new Error(`the inspector does not answer to ${method}`)));
      inspector.send(JSON.stringify({ id, method }));
    });
  try {
    await new Promise((resolve, reject) => inspector.once("open", resolve).once("error", reject));
    // The one command of workerd's that collects everything first; what it tells is thrown away.
    await call(1, "HeapProfiler.takeHeapSnapshot");
    const { usedSize, embedderHeapUsedSize, backingStorageSize } = Usage.parse(await call(2, "Runtime.getHeapUsage"));
    return usedSize + embedderHeapUsedSize + backingStorageSize;
  } finally {
    clearTimeout(timer);
    inspector.terminate();
  }
}
