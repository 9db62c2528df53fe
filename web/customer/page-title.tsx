import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { wasLed } from "./place.ts";

interface PageTitleProps {
  readonly children: ComponentChildren;
  readonly class?: string;
  /** Of a name, which may be in any script. */
  readonly dir?: "auto";
}

/** A page's name. Whoever was led here by a link is taken to it, so that the keys and the ears begin where the eyes do. */
export function PageTitle({ children, ...more }: PageTitleProps) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (wasLed()) title.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h1 ref={title} tabIndex={-1} {...more}>
      {children}
    </h1>
  );
}
