const open: (() => void)[] = [];
let isFollowed = false;
/** Until the way back that was asked for has been gone, the browser's place in its history is not known. */
let isLeaving = false;
const waiting: (() => void)[] = [];
let leavingTimer = 0;
/** So long after asking to go back a browser has done so, or never will. */
const leavingMs = 1_000;

/**
 * From now on the browser's way back closes the sheet that is open, and leaves the page only when none is: an open sheet
 * has an entry of its own in the history, with the page's address, and gives it back when it is closed otherwise.
 */
export function followSheets(): void {
  isFollowed = true;
  addEventListener("popstate", () => {
    if (isLeaving) return left();
    if (isSheetEntry()) return leaveIfIdle();
    open.at(-1)?.();
  });
  leaveIfIdle();
}

/** For a sheet that opens; `close` is called when it is left by the way back, the answer once it is closed. */
export function openEntry(close: () => void): () => void {
  if (!isFollowed) return () => undefined;
  open.push(close);
  onceLeft(enter);
  return () => {
    open.splice(open.indexOf(close), 1);
    // One sheet may make way for another, which takes over the entry.
    setTimeout(leaveIfIdle, 0);
  };
}

/** Does what changes the history, once a sheet that was just closed has given back its entry. */
export function onceLeft(act: () => void): void {
  if (isLeaving) waiting.push(act);
  else act();
}

/** Whether where one is in the history is a sheet's: a page that is gone to takes its place. */
export function isSheetEntry(): boolean {
  const state: unknown = history.state;
  return typeof state === "object" && state !== null && "sheet" in state;
}

function enter(): void {
  // It may be closed again by the time it could have an entry.
  if (open.length === 0 || isSheetEntry()) return;
  history.replaceState({ y: scrollY }, "");
  history.pushState({ sheet: true }, "");
}

/** Also after a reload with a sheet open, or a step forward: there is no sheet any more. */
function leaveIfIdle(): void {
  if (open.length > 0 || isLeaving || !isSheetEntry()) return;
  isLeaving = true;
  leavingTimer = setTimeout(left, leavingMs);
  history.back();
}

function left(): void {
  clearTimeout(leavingTimer);
  isLeaving = false;
  for (const act of waiting.splice(0)) act();
}
