import type { OrderingEnv } from "../env.ts";
import { macOf, sameSecret } from "./secrets.ts";

type Secrets = Pick<OrderingEnv, "KEY_ENCRYPTION_SECRET">;

interface Which {
  readonly tenant: string;
  readonly order: string;
}

/**
 * What opens an order to whoever holds it. It follows from the order's id and a secret of ours, so that nothing is kept
 * of it: whoever may see the order can be told it, and the mail that tells of the order can name it.
 */
export function orderKey({ KEY_ENCRYPTION_SECRET: secret }: Secrets, { tenant, order }: Which): string {
  return macOf(secret, "order links", `${tenant}/${order}`).slice(0, 32);
}

/** The page of an order with its key, which stands behind a `#`: no browser sends that on, and no log has it. */
export function orderPath(env: Secrets, which: Which): string {
  return `/${which.tenant}/orders/${which.order}#${orderKey(env, which)}`;
}

export function holdsOrder(env: Secrets, which: Which, key: string): boolean {
  return sameSecret(key, orderKey(env, which));
}
