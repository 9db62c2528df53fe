/** So many requests at once, and as many again within so many seconds. */
export interface Limit {
  readonly quota: number;
  readonly seconds: number;
}

/** What a request found in its bucket. `left` and the times are whole: requests and seconds. */
export interface Spent {
  readonly allowed: boolean;
  readonly left: number;
  /** Until the bucket is full again. */
  readonly fullIn: number;
  /** Until one request more is allowed; 0 where one is. */
  readonly retryIn: number;
}

interface Bucket {
  tokens: number;
  at: number;
}

/** `1000/10`: a thousand requests, refilled in ten seconds. `off`, or what is none, is no limit: null. */
export function limitOf(text: string | undefined): Limit | null {
  const [, quota, seconds] = /^(\d{1,9})\/(\d{1,5})$/.exec(text ?? "") ?? [];
  if (quota === undefined || seconds === undefined) return null;
  return Number(quota) > 0 && Number(seconds) > 0 ? { quota: Number(quota), seconds: Number(seconds) } : null;
}

/**
 * A token bucket for each key, in memory alone. Whoever was quiet for long is forgotten, and begins with a full bucket:
 * at most twice `most` keys are known, however many are made up.
 */
export class TokenBuckets {
  readonly limit: Limit;
  private readonly most: number;
  private recent = new Map<string, Bucket>();
  private older = new Map<string, Bucket>();

  constructor(limit: Limit, most = 20_000) {
    this.limit = limit;
    this.most = most;
  }

  get size(): number {
    return this.recent.size + this.older.size;
  }

  /** Takes one token where there is one; `now` in epoch milliseconds. What is refused costs nothing. */
  spend(key: string, now: number): Spent {
    const { quota, seconds } = this.limit;
    const perMs = quota / (seconds * 1_000);
    const bucket = this.bucketOf(key, now);
    // A clock that goes back takes nothing away, and gives nothing twice.
    bucket.tokens = Math.min(quota, bucket.tokens + Math.max(0, now - bucket.at) * perMs);
    bucket.at = Math.max(bucket.at, now);
    const allowed = bucket.tokens >= 1;
    if (allowed) bucket.tokens -= 1;
    return {
      allowed,
      left: Math.floor(bucket.tokens),
      fullIn: Math.ceil((quota - bucket.tokens) / perMs / 1_000),
      retryIn: allowed ? 0 : Math.max(1, Math.ceil((1 - bucket.tokens) / perMs / 1_000)),
    };
  }

  private bucketOf(key: string, now: number): Bucket {
    const known = this.recent.get(key);
    if (known !== undefined) return known;
    const bucket = this.older.get(key) ?? { tokens: this.limit.quota, at: now };
    if (this.recent.size >= this.most) {
      this.older = this.recent;
      this.recent = new Map();
    }
    this.recent.set(key, bucket);
    return bucket;
  }
}
