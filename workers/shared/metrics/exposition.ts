import { metrics, type MetricName, type Sample } from "../../../contracts/metrics.ts";

export const expositionType = "text/plain; version=0.0.4; charset=utf-8";

/** The Prometheus text format, version 0.0.4: each metric once, with its help and type, and all its samples together. */
export function exposition(samples: readonly Sample[]): string {
  const byMetric = Map.groupBy(samples, ({ metric }) => metric);
  const names = Object.keys(metrics) as MetricName[];
  return names.map((name) => family(name, byMetric.get(name) ?? [])).join("");
}

function family(name: MetricName, samples: readonly Sample[]): string {
  if (samples.length === 0) return "";
  const { help, type } = metrics[name];
  const lines = samples.map(({ part, labels, value }) => {
    const written = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
    return `${name}${part === undefined ? "" : `_${part}`}{${written.join(",")}} ${value}`;
  });
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ""].join("\n");
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
