import "./paper-roll.css";
import { useEffect, useRef } from "preact/hooks";
import type { Printer } from "./printer.ts";
import { directionOf } from "./rows-of-text.ts";

const pxPerMm = 96 / 25.4;

/** A slip as the browser prints it: nothing of the board, on a page as long as the slip. */
export function PaperRoll({ printer }: { readonly printer: Printer }) {
  const roll = useRef<HTMLElement>(null);
  const slip = printer.slip.value;
  const { paper } = printer;
  useEffect(() => {
    if (slip === null) return undefined;
    const page = new CSSStyleSheet();
    const length = Math.ceil((roll.current?.getBoundingClientRect().height ?? 0) / pxPerMm) + 4;
    page.replaceSync(`@page { size: ${paper}mm ${length}mm; margin: 0; }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, page];
    const done = () => printer.done();
    addEventListener("afterprint", done, { once: true });
    print();
    return () => {
      removeEventListener("afterprint", done);
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== page);
    };
  }, [slip]);
  if (slip === null) return null;
  return (
    <section class="paper-roll" data-paper={paper} ref={roll} aria-hidden="true">
      {slip.map(({ text, size, weight, align, inverse, rule }, at) =>
        rule ? (
          <hr key={at} />
        ) : (
          <p
            key={at}
            dir={directionOf(text)}
            data-size={size}
            data-weight={weight}
            data-align={align}
            data-inverse={inverse}
          >
            {text}
          </p>
        ),
      )}
    </section>
  );
}
