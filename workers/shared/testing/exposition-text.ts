/** A metric as the text format shows it: help, type, samples. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly samples: Sample[];
}

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const name = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const help = new RegExp(`^# HELP (${name}) ((?:[^\\\\\\n]|\\\\[\\\\n])*)$`);
const type = new RegExp(`^# TYPE (${name}) (counter|gauge|histogram)$`);
const sample = new RegExp(`^(${name})(?:\\{(.*)\\})? (\\S+)$`);
const label = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,(?=.)|$)/y;
const number = /^(?:[+-]?(?:\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|Inf)|NaN)$/;
const suffixes = ["_bucket", "_sum", "_count"];

/**
 * Reads the Prometheus text format, version 0.0.4, and throws on whatever it does not allow or that a scraper would take
 * but not mean: a metric in two places, a series twice, a histogram whose buckets do not add up.
 */
export function readExposition(text: string): Family[] {
  if (!text.endsWith("\n")) throw new Error("the last line has no end");
  const families: Family[] = [];
  const series = new Set<string>();
  let helped: RegExpExecArray | null = null;
  for (const line of text.slice(0, -1).split("\n")) {
    if (line.startsWith("# HELP")) {
      helped = must(help.exec(line), line);
      continue;
    }
    if (line.startsWith("# TYPE")) {
      const [, typed = "", kind = ""] = must(type.exec(line), line);
      if (helped?.[1] !== typed || families.some((family) => family.name === typed)) throw new Error(`again: ${line}`);
      families.push({ name: typed, help: helped[2] ?? "", type: kind, samples: [] });
      continue;
    }
    const read = readSample(line);
    const family = families.at(-1);
    if (family === undefined || !belongs(read.name, family)) throw new Error(`under another metric: ${line}`);
    const key = JSON.stringify([read.name, Object.entries(read.labels).toSorted()]);
    if (series.has(key)) throw new Error(`a series twice: ${line}`);
    series.add(key);
    family.samples.push(read);
  }
  for (const family of families) judge(family);
  return families;
}

function readSample(line: string): Sample {
  const [, of = "", written = "", value = ""] = must(sample.exec(line), line);
  must(number.exec(value), line);
  const labels: Record<string, string> = {};
  label.lastIndex = 0;
  while (label.lastIndex < written.length) {
    const [, key = "", escaped = ""] = must(label.exec(written), line);
    if (key in labels) throw new Error(`a label twice: ${line}`);
    labels[key] = escaped.replaceAll(/\\(.)/g, (_, char: string) => (char === "n" ? "\n" : char));
  }
  return { name: of, labels, value: Number(value.replace("Inf", "Infinity")) };
}

function belongs(of: string, { name: family, type: kind }: Family): boolean {
  return kind === "histogram" ? suffixes.some((suffix) => of === family + suffix) : of === family;
}

function judge({ name: family, type: kind, samples }: Family): void {
  if (samples.length === 0) throw new Error(`${family} has no sample`);
  if (kind === "counter" && (!family.endsWith("_total") || samples.some(({ value }) => !(value >= 0)))) {
    throw new Error(`${family} is no counter`);
  }
  if (kind !== "histogram") return;
  const without = ({ labels: { le: _, ...others } }: Sample): string => JSON.stringify(others);
  for (const [which, parts] of Map.groupBy(samples, without)) {
    const part = (suffix: string): Sample[] => parts.filter((each) => each.name === family + suffix);
    const bounds = part("_bucket").map(({ labels }) => Number(labels["le"]?.replace("Inf", "Infinity")));
    const counts = part("_bucket").map(({ value }) => value);
    const grows = (list: readonly number[]): boolean => list.every((each, at) => each >= (list[at - 1] ?? -Infinity));
    const whole = bounds.at(-1) === Infinity && part("_count")[0]?.value === counts.at(-1) && part("_sum").length === 1;
    if (!whole || !grows(bounds) || !grows(counts)) throw new Error(`${family}${which} does not add up`);
  }
}

function must<T>(found: T | null, line: string): T {
  if (found === null) throw new Error(`not of the text format: ${line}`);
  return found;
}
