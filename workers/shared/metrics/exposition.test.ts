import { describe, expect, it } from "vitest";
import { metrics, type Sample } from "../../../contracts/metrics.ts";
import { readExposition } from "../testing/exposition-text.ts";
import { exposition } from "./exposition.ts";

const worker = "ordering";

describe("the exposition", () => {
  it("is read as it was meant, whatever a label says", () => {
    const labels = { worker, queue: 'a "quoted" \\ back\nslash, {and} more="x",' };
    const samples: Sample[] = [
      { metric: "comanda_queue_messages", labels, value: 3 },
      { metric: "comanda_up", labels: { worker }, value: 1 },
      { metric: "comanda_queue_messages", labels: { worker, queue: "outlet" }, value: 1e-9 },
    ];
    const name = "comanda_queue_messages";
    expect(readExposition(exposition(samples))).toEqual([
      {
        name: "comanda_up",
        help: metrics.comanda_up.help,
        type: "gauge",
        samples: [{ name: "comanda_up", labels: { worker }, value: 1 }],
      },
      {
        name,
        help: metrics.comanda_queue_messages.help,
        type: "gauge",
        samples: [
          { name, labels, value: 3 },
          { name, labels: { worker, queue: "outlet" }, value: 1e-9 },
        ],
      },
    ]);
  });

  it("leaves out a metric of which nothing is known", () => {
    expect(exposition([])).toBe("");
  });
});

describe("the reader that judges it", () => {
  const good = '# HELP a b\n# TYPE a gauge\na{b="c"} 1\n';
  const bad = {
    "a last line without an end": good.slice(0, -1),
    "a name that begins with a digit": good.replaceAll(" a", " 1a").replace("\na", "\n1a"),
    "a value that is no number": good.replace(" 1", " x"),
    "an unknown type": good.replace("gauge", "number"),
    "a label without quotes": good.replace('"c"', "c"),
    "a quote that is not escaped": good.replace('"c"', '"c"c"'),
    "a series twice": `${good}a{b="c"} 2\n`,
    "a metric twice": good + good,
    "a sample under another metric": `${good}d 1\n`,
    "a counter that is not called so": good.replace("gauge", "counter"),
    "a histogram without its sum": '# HELP a b\n# TYPE a histogram\na_bucket{le="+Inf"} 1\na_count 1\n',
    "buckets that shrink":
      '# HELP a b\n# TYPE a histogram\na_bucket{le="1"} 2\na_bucket{le="+Inf"} 1\na_sum 1\na_count 1\n',
  };
  it.each(Object.entries(bad))("refuses %s", (_what, text) => {
    expect(() => readExposition(text)).toThrow();
  });

  it("takes what is good", () => {
    expect(readExposition(good)).toHaveLength(1);
  });
});
