/** Text that is markup already. Only `html` makes it, so that nothing else is ever taken for markup. */
export class Html {
  readonly #text: string;
  constructor(key: typeof own, text: string) {
    if (key !== own) throw new Error("Markup is made by html`…` alone.");
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
}

const own = Symbol("html");

export type Part = Html | string | number | null | undefined | readonly Part[];

/** Markup with everything put into it escaped, for text and for attributes in double quotes. Null is nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let text = strings[0] ?? "";
  for (const [at, part] of parts.entries()) text += shown(part) + (strings[at + 1] ?? "");
  return new Html(own, text);
}

/** A value as JSON that can stand inside a script element of a data type: no `<` can end or begin anything. */
export function jsonScript(type: "application/ld+json", value: object): Html {
  const text = JSON.stringify(value).replaceAll("<", String.raw`\u003c`);
  return new Html(own, `<script type="${type}">${text}</script>`);
}

function shown(part: Part): string {
  if (part === null || part === undefined) return "";
  if (part instanceof Html) return part.toString();
  return typeof part === "object" ? part.map(shown).join("") : escaped(String(part));
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
