import { describe, expect, it } from "vitest";
import css from "./tokens.css?raw";

type Scheme = "light" | "dark";
/** Relative luminance (WCAG 2.2) of each token, in the light and in the dark. */
type Luminances = ReadonlyMap<string, Record<Scheme, number>>;

const schemes = ["light", "dark"] as const;
const grounds = ["paper", "sheet", "sunken"];

/** What may be written on what. */
const text: Record<string, readonly string[]> = {
  ink: [...grounds, "accent-wash", "go-wash", "wait-wash", "stop-wash"],
  "ink-soft": [...grounds, "accent-wash", "go-wash", "wait-wash", "stop-wash"],
  paper: ["ink"],
  accent: [...grounds, "accent-wash"],
  go: [...grounds, "go-wash"],
  wait: [...grounds, "wait-wash"],
  stop: [...grounds, "stop-wash", "wait-wash"],
  "on-accent": ["accent", "accent-deep"],
  "on-go": ["go"],
  "on-wait": ["wait"],
  "on-stop": ["stop"],
};

/** The edges of what can be pressed or filled in, and what a chart draws. */
const shapes: Record<string, readonly string[]> = {
  "line-strong": grounds,
  "data-2": ["paper", "sheet"],
  "data-3": ["paper", "sheet"],
  "data-4": ["paper", "sheet"],
};

describe.each([
  ["as it is", luminances(blockOf(":root {"))],
  [
    "with more contrast",
    new Map([...luminances(blockOf(":root {")), ...luminances(blockOf(':root[data-contrast="more"] {'))]),
  ],
])("every pair of colours, %s,", (_, tokens) => {
  it("can be read at two metres by tired eyes: 7 to 1 (WCAG AAA)", () => {
    expect(tooFaint(tokens, text, 7)).toEqual([]);
  });

  it("can be told apart as a shape: 3 to 1 (WCAG 1.4.11)", () => {
    expect(tooFaint(tokens, shapes, 3)).toEqual([]);
  });
});

it("gives who asks the machine for more contrast the same colours as who asks the app", () => {
  expect(blockOf(':root:not([data-contrast="usual"]) {')).toBe(blockOf(':root[data-contrast="more"] {'));
});

function tooFaint(tokens: Luminances, pairs: Record<string, readonly string[]>, least: number): string[] {
  return Object.entries(pairs).flatMap(([front, backs]) =>
    backs.flatMap((back) =>
      schemes.flatMap((scheme) => {
        const ratio = contrast(tokens, front, back, scheme);
        return ratio >= least ? [] : [`${front} on ${back}, ${scheme}: ${ratio.toFixed(2)}`];
      }),
    ),
  );
}

function contrast(tokens: Luminances, front: string, back: string, scheme: Scheme): number {
  const [a, b] = [front, back].map((name) => tokens.get(name)?.[scheme] ?? Number.NaN) as [number, number];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** What stands between the braces of the first rule that begins so, without indentation. */
function blockOf(selector: string): string {
  const from = css.indexOf(selector);
  expect(from, selector).toBeGreaterThan(0);
  return css.slice(from + selector.length, css.indexOf("}", from)).replaceAll(/\s+/g, " ");
}

function luminances(block: string): Luminances {
  const found = block.matchAll(/--([\w-]+): light-dark\(oklch\(([\d. ]+)\), oklch\(([\d. ]+)\)\)/g);
  return new Map(
    [...found].map(([, name = "", light = "", dark = ""]) => [name, { light: of(light), dark: of(dark) }]),
  );
}

/** Luminance of `oklch(L C h)`: by way of Oklab's LMS to linear sRGB, clipped (https://bottosson.github.io/posts/oklab/). */
function of(oklch: string): number {
  const [lightness = 0, chroma = 0, hue = 0] = oklch.split(" ").map(Number);
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
  const green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
  const blue = -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s;
  const [r, g, v] = [red, green, blue].map((part) => Math.min(1, Math.max(0, part))) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * v;
}
