const longest = 220;

/** What has happened in a town, a line a step: kept as it comes, read only where something went wrong. */
export class Story {
  private readonly lines: { readonly at: number; readonly line: string | (() => string) }[] = [];
  private readonly start: number;
  private readonly now: () => number;
  private readonly names = new Map<string, string>();

  constructor(now: () => number) {
    this.now = now;
    this.start = now();
  }

  /** From now on `id` is called by this name. */
  call(id: string, name: string): void {
    this.names.set(id, name);
  }

  /** A line that takes work is given as how to make it: most stories are never read. */
  tell(line: string | (() => string)): void {
    this.lines.push({ at: this.now() - this.start, line });
  }

  /** The text with everybody by their names. */
  named(text: string): string {
    let named = text;
    for (const [id, name] of this.names) if (named.includes(id)) named = named.replaceAll(id, name);
    return named;
  }

  toString(): string {
    const told = this.lines.map(({ at, line }) => `${timeOf(at)}  ${typeof line === "string" ? line : line()}`);
    return told.map((line) => shortened(this.named(line))).join("\n");
  }
}

function shortened(line: string): string {
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

/** Since the beginning: hours, minutes, seconds, milliseconds. */
function timeOf(ms: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  const hours = String(Math.floor(ms / 3_600_000)).padStart(3);
  return `${hours}:${two((ms / 60_000) % 60)}:${two((ms / 1_000) % 60)}.${String(ms % 1_000).padStart(3, "0")}`;
}
