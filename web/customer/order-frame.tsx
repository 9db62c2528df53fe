import { TopBar } from "./top-bar.tsx";
import { words } from "./words.ts";

/** What stands there until the order has come. Its markup is that of `workers/ordering/http/pages/frames.ts`. */
export function OrderFrame({ tenant }: { readonly tenant: string }) {
  const t = words.value;
  return (
    <>
      <TopBar tenant={tenant} back={`/${tenant}`}>
        {t.allVenues}
      </TopBar>
      <main class="page order">
        <section class="slip order-slip">
          <div class="order-code">
            <p>
              <span class="small quiet">{t.order}</span>
            </p>
          </div>
          <h1>{t.findingOrder}</h1>
          <div class="blank" aria-hidden="true" />
        </section>
      </main>
    </>
  );
}

interface ReceiptFrameProps {
  readonly tenant: string;
  /** The order's page. */
  readonly back: string;
}

/** The same, of a receipt. */
export function ReceiptFrame({ tenant, back }: ReceiptFrameProps) {
  const t = words.value;
  return (
    <>
      <TopBar tenant={tenant} back={back}>
        {t.backToOrder}
      </TopBar>
      <main class="page receipt-page">
        <article class="slip receipt">
          <h1>{t.findingOrder}</h1>
          <div class="blank" aria-hidden="true" />
        </article>
      </main>
    </>
  );
}
