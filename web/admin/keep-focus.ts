const canBeFocused = "a[href], button, input, select, textarea, summary, [tabindex='0']";
const isTypedIn = "input:not([type='checkbox'], [type='radio'], [type='range'], [type='file']), textarea";
/** What stands further away is no neighbour. */
const farthest = 12;

/**
 * Where what has the focus goes or cannot be pressed any more (a row that was taken out, an arrow at its end), the focus
 * goes to its neighbour, and where it has none to the page: who has no pointer is never sent back to the top.
 */
export function keepFocus(): void {
  let last: Element | null = null;
  let around: readonly Element[] = [];
  const look = () => {
    if (last === null || document.activeElement !== document.body) return;
    // Left by whoever pressed beside it.
    if (canTakeIt(last)) last = null;
    else neighbourOf(last, around)?.focus({ preventScroll: true });
  };
  document.addEventListener("focusin", ({ target }) => {
    if (!(target instanceof Element)) return;
    last = target;
    around = [...(target.closest("dialog, main, header") ?? document).querySelectorAll(canBeFocused)];
  });
  // After what has drawn it anew had its chance to say where the focus belongs.
  const soon = () => void setTimeout(look, 50);
  document.addEventListener("focusout", soon);
  new MutationObserver(() => document.activeElement === document.body && soon()).observe(document.body, {
    subtree: true,
    childList: true,
    attributeFilter: ["disabled"],
  });
}

function neighbourOf(lost: Element, around: readonly Element[]): HTMLElement | null {
  const at = around.indexOf(lost);
  // A keyboard that comes up on a phone hides what was pressed for.
  const fits = (one: Element | undefined) =>
    one instanceof HTMLElement && canTakeIt(one) && (lost.matches(isTypedIn) || !one.matches(isTypedIn)) ? one : null;
  for (let far = 1; at >= 0 && far <= farthest; far += 1) {
    const found = fits(around[at + far]) ?? fits(around[at - far]);
    if (found !== null) return found;
  }
  const dialog = document.querySelector("dialog[open]");
  return dialog === null ? document.querySelector("main") : dialog.querySelector<HTMLElement>(canBeFocused);
}

function canTakeIt(one: Element): boolean {
  return one.isConnected && !one.matches(":disabled") && one.checkVisibility();
}
