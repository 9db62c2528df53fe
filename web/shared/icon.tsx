/** What can be drawn: each as one path for a pen of two units, on 24 by 24. */
const pens = {
  add: "M12 4v16M4 12h16",
  alert: "M12 3 2 21h20zM12 10v5M12 18v.1",
  arrow: "M4 12h16M14 6l6 6-6 6",
  back: "M20 12H4M10 6l-6 6 6 6",
  bag: "M5 8h14l1 13H4zM9 8V6a3 3 0 0 1 6 0v2",
  bell: "M6 17V11a6 6 0 0 1 12 0v6l2 2H4zM10 22h4",
  "bell-off": "M6 17v-6c0-1 .3-2 .7-3M10 5.4A6 6 0 0 1 18 11v4M18 19H4l2-2M10 22h4M3 3l18 18",
  bike: "M5.5 20a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM18.5 20a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM5.5 16.5 9 9h7l2.5 7.5M12 16.5 9 9M15 5h3",
  camera: "M3 8h4l2-3h6l2 3h4v12H3zM12 17a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z",
  check: "M4 13l5 5L20 6",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2",
  close: "M5 5l14 14M19 5 5 19",
  contrast: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 3v18M15 5.5v13M18 7.5v9",
  filter: "M4 6h16M7 12h10M10 18h4",
  flame: "M12 22a7 7 0 0 0 7-7c0-5-4-6-4-11-3 1-5 4-5 7-1-.5-2-1.5-2-3-2 2-3 4.5-3 7a7 7 0 0 0 7 7z",
  key: "M8 16a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM12.5 11.5H22M19 11.5v4M15.5 11.5v3",
  leaf: "M5 19C4 9 11 4 20 4c0 9-4 16-12 15M4 21 13 12",
  less: "M4 12h16",
  list: "M4 6h16M4 12h16M4 18h10",
  moon: "M20 14.5A8.5 8.5 0 1 1 9.5 4 7 7 0 0 0 20 14.5z",
  phone: "M5 3h4l2 5-2.5 2a12 12 0 0 0 5.5 5.5L16 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 5a2 2 0 0 1 2-2z",
  pin: "M12 22s7-7 7-12.5a7 7 0 1 0-14 0C5 15 12 22 12 22zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  print: "M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z",
  receipt: "M5 3h14v18l-3.5-2.5L12 21l-3.5-2.5L5 21zM9 8h6M9 12h6",
  refresh: "M20 12a8 8 0 1 1-2.5-5.8M20 3v4.5h-4.5",
  route:
    "M6 21a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM18 7a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8 19h7a3.5 3.5 0 0 0 0-7H9a3.5 3.5 0 0 1 0-7h7",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 21 21",
  settings:
    "M4 7h9M19 7h1M4 17h1M11 17h9M16 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM8 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  sun: "M12 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM12 2v1.5M12 20.5V22M2 12h1.5M20.5 12H22M5 5l1 1M18 18l1 1M19 5l-1 1M6 18l-1 1",
  undo: "M4 9h10a6 6 0 0 1 0 12H8M9 4 4 9l5 5",
} as const;

export type IconName = keyof typeof pens;

/** These point somewhere, and turn where one reads from right to left. */
const turning: readonly IconName[] = ["arrow", "back", "list", "undo"];

/** A drawing in the colour of the text it stands in; ears are told by the words beside it. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" data-turns={turning.includes(name) || undefined}>
      <path d={pens[name]} />
    </svg>
  );
}
