import "./strict.ts";
import "./appearance.ts";

// First what people have come for, then what keeps it here.
if (document.readyState === "complete") keepHere();
else addEventListener("load", keepHere, { once: true });

function keepHere(): void {
  import("./kept-here.tsx").catch(() => undefined);
}
