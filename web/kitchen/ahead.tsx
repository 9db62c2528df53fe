import { useEffect, useState } from "preact/hooks";
import { orderRoutes } from "../../contracts/order-routes.ts";
import type { OrderView } from "../../contracts/order.ts";
import type { Problem } from "../../contracts/problem.ts";
import { clock, dayName, said } from "../shared/format.ts";
import { Sheet } from "../shared/sheet.tsx";
import { problemWords, sharedWords } from "../shared/words.ts";
import type { Kitchen } from "./board-page.tsx";
import { words } from "./words.ts";

const mostShown = 50;

type Looked =
  | { readonly step: "looking" }
  | { readonly step: "failed"; readonly problem: Problem }
  | { readonly step: "found"; readonly orders: readonly OrderView[]; readonly more: boolean };

/** Orders for later, which come to the board when it is time for them: by when they are wanted. */
export function Ahead({ kitchen, onClose }: { readonly kitchen: Kitchen; onClose(): void }) {
  const [looked, setLooked] = useState<Looked>({ step: "looking" });
  const t = words.value;
  useEffect(() => void ordersAhead(kitchen).then(setLooked), [kitchen.venue]);
  return (
    <Sheet titleId="ahead" onClose={onClose}>
      <h2 id="ahead">{t.ahead}</h2>
      {looked.step === "looking" ? <p class="quiet">{sharedWords.value.loading}</p> : null}
      {looked.step === "failed" ? <p class="notice notice-stop">{problemWords(looked.problem)}</p> : null}
      {looked.step === "found" && looked.orders.length === 0 ? <p class="quiet">{t.nothingAhead}</p> : null}
      {looked.step === "found" ? (
        <ol class="ahead">
          {looked.orders.map((order) => (
            <li key={order.id}>
              <p>
                <strong class="figures">{order.requestedFor === null ? "" : clock(order.requestedFor)}</strong>{" "}
                <span>{dayOf(kitchen, order)}</span> <span class="mono">{order.code}</span>{" "}
                <span>{t.fulfilment[order.fulfilment]}</span>
              </p>
              <ul>
                {(order.bill?.lines ?? []).map(({ name, quantity, variation }, at) => (
                  <li key={at}>
                    <span class="figures">{quantity}×</span> <bdi>{said(name)}</bdi>{" "}
                    {variation === null ? null : <bdi>{said(variation.name)}</bdi>}
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ol>
      ) : null}
      {looked.step === "found" && looked.more ? <p class="quiet">{t.moreAhead(mostShown)}</p> : null}
    </Sheet>
  );
}

async function ordersAhead({ session, venue }: Kitchen): Promise<Looked> {
  const query = { venue, status: "scheduled", limit: String(mostShown) };
  const listed = await session.ask(orderRoutes.list, { query });
  if (!listed.ok) return { step: "failed", problem: listed.problem };
  const replies = await Promise.all(
    listed.value.orders.map(({ id }) => session.ask(orderRoutes.read, { params: { order: id } })),
  );
  const orders = replies.flatMap((reply) => (reply.ok && reply.value.status === "scheduled" ? [reply.value] : []));
  const wanted = ({ requestedFor, placedAt }: OrderView) => Date.parse(requestedFor ?? placedAt ?? "");
  return {
    step: "found",
    orders: orders.toSorted((a, b) => wanted(a) - wanted(b)),
    more: listed.value.next !== null,
  };
}

/** The day, where it is not today. */
function dayOf({ board }: Kitchen, { requestedFor }: OrderView): string {
  const zone = board.house.shown()?.settings.timeZone;
  if (requestedFor === null || zone === undefined) return "";
  const day = dayName(Date.parse(requestedFor), zone);
  return day === dayName(Date.now(), zone) ? "" : day;
}
