import type { OrderStatus } from "../../contracts/order.ts";
import { orderWords } from "./order-words.ts";
import { Chip, type Tone } from "./states.tsx";

const tones: Readonly<Record<OrderStatus, Tone>> = {
  basket: "plain",
  placed: "plain",
  scheduled: "plain",
  sent: "wait",
  accepted: "accent",
  preparing: "accent",
  ready: "go",
  "out-for-delivery": "accent",
  collected: "go",
  delivered: "go",
  rejected: "stop",
  cancelled: "stop",
  failed: "stop",
};

/** An order's state in a word. */
export function OrderTag({ status }: { readonly status: OrderStatus }) {
  return <Chip tone={tones[status]}>{orderWords.value.status[status]}</Chip>;
}
