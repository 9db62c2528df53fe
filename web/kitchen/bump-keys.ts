/** What a key of a bump bar means. Bars send what a keyboard sends; the usual layouts are all understood. */
export type BumpKey =
  | { readonly does: "select"; readonly place: number }
  | { readonly does: "move"; readonly by: -1 | 1 }
  | { readonly does: "line"; readonly by: -1 | 1 }
  | {
      readonly does: "bump" | "undo" | "recall" | "start" | "later" | "open" | "print" | "refuse" | "all-day" | "help";
    };

/** 1 to 9 and 0 choose a ticket, Enter bumps it, arrows go on; letters as their English words begin. */
export function bumpKeyOf(key: string): BumpKey | null {
  if (/^\d$/.test(key)) return { does: "select", place: key === "0" ? 10 : Number(key) };
  switch (key.toLowerCase()) {
    case "arrowright":
      return { does: "move", by: 1 };
    case "arrowleft":
      return { does: "move", by: -1 };
    case "arrowdown":
      return { does: "line", by: 1 };
    case "arrowup":
      return { does: "line", by: -1 };
    case "enter":
    case "b":
      return { does: "bump" };
    case "backspace":
    case "u":
      return { does: "undo" };
    case "r":
      return { does: "recall" };
    case "s":
      return { does: "start" };
    case "+":
    case "l":
      return { does: "later" };
    case "i":
      return { does: "open" };
    case "x":
      return { does: "refuse" };
    case "p":
      return { does: "print" };
    case "a":
      return { does: "all-day" };
    case "?":
      return { does: "help" };
    default:
      return null;
  }
}
