import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { wasLed } from "./place.ts";

/** A page's name. Whoever was led here by a link is taken to it, so that the keys and the ears begin where the eyes do. */
export function PageTitle({ children, ...more }: { readonly children: ComponentChildren; readonly class?: string }) {
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
