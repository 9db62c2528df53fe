import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { openEntry } from "./sheet-entry.ts";
import { sharedWords } from "./words.ts";

interface SheetProps {
  /** Id of the heading that names it. */
  readonly titleId: string;
  readonly children: ComponentChildren;
  readonly foot?: ComponentChildren;
  onClose(): void;
}

/** A sheet over the page: from below on a phone, in the middle elsewhere. Escape and the backdrop close it. */
export function Sheet({ titleId, children, foot, onClose }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    const closed = openEntry(() => dialog.current?.close());
    // Closed by what was done in it, it takes the focus with it; and what opened it may be gone by then.
    return () => {
      closed();
      queueMicrotask(() => giveBack(before));
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class="sheet"
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
    >
      <div class="sheet-body">
        {children}
        <button type="button" class="sheet-close" onClick={() => dialog.current?.close()}>
          <span aria-hidden="true">×</span>
          <span class="for-ears">{sharedWords.value.close}</span>
        </button>
      </div>
      {foot === undefined ? null : <div class="sheet-foot">{foot}</div>}
    </dialog>
  );
}

function giveBack(before: Element | null): void {
  for (const place of [before, document.querySelector("main[tabindex]")]) {
    if (document.activeElement !== document.body) return;
    if (place instanceof HTMLElement && place.isConnected) place.focus({ preventScroll: true });
  }
}
