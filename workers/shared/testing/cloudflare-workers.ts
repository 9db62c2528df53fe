/** Stands in for the module `cloudflare:workers` where an object runs in plain node. */
export class DurableObject<Env> {
  protected readonly ctx: DurableObjectState;
  protected readonly env: Env;

  constructor(ctx: DurableObjectState, env: Env) {
    this.ctx = ctx;
    this.env = env;
  }
}

/** There is no edge in front of plain node. */
export const cache = undefined;

/** Nothing ends plain node before the work does. */
export function waitUntil(work: Promise<unknown>): void {
  void work.catch(() => {});
}
