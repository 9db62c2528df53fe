import "./basket-slip.css";
import { soon } from "../shared/later.tsx";
import { words } from "./words.ts";

/** Fetched when the page is at rest: nobody opens a basket before having chosen something. */
export const BasketSlip = soon(
  async () => (await import("./basket-slip.tsx")).BasketSlip,
  () => (
    <div class="slip basket">
      <h2>{words.value.basket}</h2>
      <p class="quiet">{words.value.basketEmpty}</p>
    </div>
  ),
);
