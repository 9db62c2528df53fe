import { useEffect, useRef, useState } from "preact/hooks";

/** The id of the category being read: of the first section that reaches into the upper part of the screen. */
export function useCurrent(sections: string) {
  const list = useRef<HTMLElement>(null);
  const [current, setCurrent] = useState<string | null>(null);
  useEffect(() => {
    const all = [...(list.current?.querySelectorAll("section") ?? [])];
    const seen = new Set<Element>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          if (isIntersecting) seen.add(target);
          else seen.delete(target);
        }
        setCurrent(all.find((section) => seen.has(section))?.id ?? null);
      },
      { rootMargin: "-15% 0px -50%" },
    );
    for (const section of all) observer.observe(section);
    return () => observer.disconnect();
  }, [sections]);
  return [current, list] as const;
}

/** Keeps the current category's name in sight, where the names are a strip or a column to be scrolled. */
export function useInSight(current: string | null) {
  const strip = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const link = strip.current?.querySelector<HTMLElement>("[aria-current]");
    if (link === null || link === undefined || strip.current === null) return;
    const { clientWidth, clientHeight } = strip.current;
    strip.current.scrollTo({
      left: link.offsetLeft - (clientWidth - link.offsetWidth) / 2,
      top: link.offsetTop - (clientHeight - link.offsetHeight) / 2,
    });
  }, [current]);
  return strip;
}
