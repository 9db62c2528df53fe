import type { Cloud } from "./cloud.ts";

/** What somebody outside answers. */
export interface Reply {
  readonly status: number;
  readonly body: object;
}

/** What of a request somebody outside looks at. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly header: (name: string) => string;
  readonly body: string;
}

const neverMs = 60_000;

/**
 * A call to somebody outside, over a line that may be as bad as lines are: `act` is what they do when they get it.
 * `whose` names the other side where faults are counted.
 */
export async function overLine(
  cloud: Cloud,
  whose: string,
  isDown: boolean,
  init: RequestInit,
  act: () => Reply,
): Promise<object> {
  const { chance, weather, clock, story } = cloud;
  const strike = (fault: string): void => {
    cloud.strike(`${whose}: ${fault}`);
    story.tell(`→ ${whose} ✗ ${fault}`);
  };
  const silence = (): Promise<never> =>
    new Promise((_, reject) => {
      const abort = (): void => reject(new Error("no answer in time"));
      init.signal?.addEventListener("abort", abort);
      clock.in(neverMs, abort);
    });
  cloud.ask(new Headers(init.headers).get("idempotency-key") ?? "");
  await clock.sleep(chance.between(5, 200));
  init.signal?.throwIfAborted();
  if (isDown) {
    strike("down");
    return chance.hits(0.5) ? silence() : answer({ status: 503, body: {} });
  }
  if (chance.hits(weather.outsideErrs)) {
    strike("busy");
    return answer({ status: chance.of([500, 502, 503, 429]), body: {} });
  }
  if (chance.hits(weather.outsideSilent / 2)) {
    strike("request lost");
    return silence();
  }
  const reply = act();
  if (chance.hits(weather.outsideSilent / 2)) {
    strike("done without an answer");
    return silence();
  }
  if (chance.hits(weather.outsideSlow)) {
    strike("slow");
    await clock.sleep(chance.between(1_000, 20_000));
  }
  init.signal?.throwIfAborted();
  return answer(reply);
}

export function requestOf(url: string, init: RequestInit): Request {
  const headers = new Headers(init.headers);
  const body = typeof init.body === "string" ? init.body : "";
  return { method: init.method ?? "GET", path: new URL(url).pathname, header: (name) => headers.get(name) ?? "", body };
}

/** As `fetch` would give it, as far as anybody here reads it. */
function answer({ status, body }: Reply): object {
  const bytes = [Buffer.from(JSON.stringify(body))];
  const read = () => Promise.resolve(bytes.length === 0 ? { done: true } : { done: false, value: bytes.shift() });
  const stream = {
    [Symbol.iterator]: () => bytes[Symbol.iterator](),
    cancel: () => Promise.resolve(),
    getReader: () => ({ read, cancel: () => Promise.resolve() }),
  };
  const json = () => Promise.resolve(structuredClone(body));
  return { ok: status < 300, status, headers: new Headers(), json, body: stream };
}
