import { parser } from "@prometheus-io/lezer-promql";
import { metrics, type MetricName } from "../../contracts/metrics.ts";

/** What a query names: its metrics, and the labels it matches or groups by. */
export interface Named {
  readonly metrics: string[];
  readonly labels: string[];
}

/** Reads a query by Prometheus' own grammar; throws on one it does not take. Grafana's variables are filled in first. */
export function readQuery(query: string): Named {
  const text = query.replaceAll("$__rate_interval", "5m");
  const named = new Set<string>();
  const labels = new Set<string>();
  parser.parse(text).iterate({
    enter(node) {
      const words = text.slice(node.from, node.to);
      if (node.type.isError) throw new Error(`no query, at ${node.from}: ${query}`);
      if (node.name === "Identifier") named.add(words);
      if (node.name === "LabelName") labels.add(words);
    },
  });
  return { metrics: [...named], labels: [...labels] };
}

/** The metric a series belongs to: a histogram has three kinds of them. Null where it is none of ours. */
export function metricOf(series: string): MetricName | null {
  const names = Object.keys(metrics) as MetricName[];
  return (
    names.find((name) => {
      return metrics[name].type === "histogram"
        ? ["_bucket", "_sum", "_count"].some((suffix) => series === name + suffix)
        : series === name;
    }) ?? null
  );
}

/** The labels that some of the query's series have, beside those every scrape adds. */
export function labelsOf({ metrics: series }: Named): Set<string> {
  const own = series.flatMap((each): readonly string[] => {
    const metric = metricOf(each);
    return metric === null ? [] : metrics[metric].labels;
  });
  return new Set([...own, "le", "job", "instance"]);
}
