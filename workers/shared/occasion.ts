import { AsyncLocalStorage } from "node:async_hooks";
import { newTrace, traceOf } from "./trace.ts";

/** What is being handled at the moment, and by whom; every line of the log says it. */
export class Occasion {
  /** The service that handles it. */
  readonly worker: string;
  /** The order it is about, null where it is about none or about many. */
  order: string | null;
  /** The actor that handles it, null outside of one. */
  readonly actor: string | null;
  private trace: string | undefined;
  private readonly header: string | null | undefined;

  constructor(worker: string, { traceparent, header, order = null, actor = null }: Given = {}) {
    this.worker = worker;
    this.order = order;
    this.actor = actor;
    this.trace = traceparent;
    this.header = header;
  }

  /** W3C trace context; made when it is first wanted, for most of what is handled says nothing. */
  get traceparent(): string {
    this.trace ??= this.header === undefined ? newTrace() : traceOf(this.header);
    return this.trace;
  }
}

interface Given {
  /** Of what caused it; without one it begins a trace. */
  readonly traceparent?: string | undefined;
  /** What a caller sent as its trace context, to be continued. */
  readonly header?: string | null;
  readonly order?: string | null;
  readonly actor?: string | null;
}

const occasions = new AsyncLocalStorage<Occasion>();
const orderId = /ord_[0-9a-z]{26}/;
/** The worker this isolate runs, as far as anything was handled here: each runs one. */
let home = "";

/** Does the work, and all that it begins, on this occasion. */
export function during<T>(occasion: Occasion, work: () => T): T {
  home = occasion.worker;
  return occasions.run(occasion, work);
}

/** A worker's handling of a request: on the caller's trace, about the order that its address names. */
export function requested(worker: string, request: Request): Occasion {
  const order = orderId.exec(request.url)?.[0] ?? null;
  return new Occasion(worker, { header: request.headers.get("traceparent"), order });
}

export function occasionNow(): Occasion {
  return occasions.getStore() ?? new Occasion(home);
}

/** Says which order is being handled, where that is found out on the way. */
export function concern(order: string): void {
  const occasion = occasions.getStore();
  if (occasion !== undefined) occasion.order = order;
}

/** The trace of what is being handled; where that is not known, one that continues `header`. */
export function traceNow(header?: string | null): string {
  return occasions.getStore()?.traceparent ?? traceOf(header);
}

/** The order a command names, where it is one of an actor that has many. */
export function orderIn(command: unknown): string | null {
  if (typeof command !== "object" || command === null || !("order" in command)) return null;
  return typeof command.order === "string" ? command.order : null;
}
