import { useState } from "preact/hooks";
import type { OrderView } from "../../contracts/order.ts";
import { sameAgain } from "./same-again.ts";
import { words } from "./words.ts";
import { orderWords } from "./words-order.ts";

interface OrderLinksProps {
  readonly tenant: string;
  readonly order: OrderView;
  readonly isOwn: boolean;
  /** The order's link, where it is known. */
  readonly link: string | null;
}

/** What can be done with an order besides waiting for it. */
export function OrderLinks({ tenant, order, isOwn, link }: OrderLinksProps) {
  const [told, setTold] = useState<string>("");
  const t = orderWords.value;
  const key = link === null ? "" : new URL(link).hash;
  const share = async () => {
    if (link === null) return;
    const how = await handOn(link, `${t.orderTitle(order.code)}`);
    setTold(how === "copied" ? t.shared : how === "shown" ? `${t.shareFailed} ${link}` : "");
  };
  return (
    <div class="order-links">
      {order.bill === null ? null : (
        <a class="button button-quiet" href={`/${tenant}/orders/${order.id}/receipt${isOwn ? "" : key}`}>
          {words.value.receipt}
        </a>
      )}
      {isOwn && order.lines.length > 0 ? (
        <button
          type="button"
          class="button button-quiet"
          onClick={() => void sameAgain(tenant, order).then((done) => setTold(done ? "" : t.sameAgainFailed))}
        >
          {t.sameAgain}
        </button>
      ) : null}
      {isOwn && link !== null ? (
        <button type="button" class="button button-quiet" onClick={() => void share()}>
          {t.share}
        </button>
      ) : null}
      <p role="status" class="small order-link-told">
        {told}
      </p>
    </div>
  );
}

/** By what the device has for it; else to the clipboard; else it is shown, to be copied by hand. */
async function handOn(url: string, title: string): Promise<"shared" | "copied" | "shown"> {
  const isTouched = matchMedia("(pointer: coarse)").matches;
  if (isTouched && "share" in navigator) {
    try {
      await navigator.share({ url, title });
      return "shared";
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return "shared";
    }
  }
  try {
    await navigator.clipboard.writeText(url);
    return "copied";
  } catch {
    return "shown";
  }
}
