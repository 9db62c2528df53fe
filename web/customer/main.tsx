import "../shared/strict.ts";
import { clock, money } from "../shared/format.ts";
import { followSheets } from "../shared/sheet-entry.ts";
import "./customer.css";
import { render } from "preact";
import { Customer, pageReady } from "./customer.tsx";
import { keepFirstAnswer } from "./first-answer.tsx";
import { speakAsAsked } from "./spoken.ts";
import { followLinks, place } from "./place.ts";

speakAsAsked();
followLinks();
followSheets();
const root = document.getElementById("app");
// A task of its own: what has just been fetched takes its time to be set up, too.
if (root !== null) setTimeout(() => void takeOver(root), 0);

const nextTask = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

/**
 * Takes the place of the page that came with the first answer, once all of it is there: until then that one is read, also
 * on a network that brings nothing more.
 */
async function takeOver(root: HTMLElement): Promise<void> {
  if (root.firstElementChild !== null) {
    const ready = pageReady(place.peek());
    // Tasks of their own: reading a long menu and drawing it in one would let a finger wait, and so do the first formats.
    await nextTask();
    money(0, "EUR");
    await nextTask();
    clock(0, "UTC");
    await ready;
    await nextTask();
  }
  const at = scrollY;
  keepFirstAnswer(root);
  root.replaceChildren();
  render(<Customer />, root);
  if (at > 0) scrollTo(0, at);
}
