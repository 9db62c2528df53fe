import "../shared/strict.ts";
import { followSheets } from "../shared/sheet-entry.ts";
import "./customer.css";
import { render } from "preact";
import { Customer } from "./customer.tsx";
import { keepFirstAnswer } from "./first-answer.tsx";
import { speakAsAsked } from "./spoken.ts";
import { followLinks, place } from "./place.ts";
import { tenantVenues, venueData } from "./venue-data.ts";

speakAsAsked();
followLinks();
followSheets();
const root = document.getElementById("app");
// A task of its own: what has just been fetched takes its time to be set up, too.
if (root !== null) setTimeout(() => takeOver(root), 0);

/**
 * Takes the place of the page that came with the first answer, once all of it is there: until then that one is read, also
 * on a network that brings nothing more.
 */
function takeOver(root: HTMLElement): void {
  const here = place.peek();
  const data = here.page === "menu" ? venueData(here.venue) : here.page === "venues" ? tenantVenues(here.tenant) : null;
  const draw = (): void => {
    const at = scrollY;
    keepFirstAnswer(root);
    root.replaceChildren();
    render(<Customer />, root);
    if (at > 0) scrollTo(0, at);
  };
  if (data === null || root.firstElementChild === null) return draw();
  const stop = data.subscribe(({ status }) => {
    if (status !== "here") return;
    // Not before `stop` is there.
    queueMicrotask(() => stop());
    // A task of its own: reading a long menu and drawing it in one would let a finger wait.
    setTimeout(draw, 0);
  });
}
