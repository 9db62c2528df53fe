import type { Sample } from "../../../contracts/metrics.ts";
import { log } from "../log.ts";
import { troubleOf } from "../trouble.ts";

/** One thing that is looked at for a scrape. */
export type Source = () => Promise<Sample[]>;

/** All that a worker's sources tell. One that fails is left out and counted: the others must be seen most when it does. */
export async function gathered(worker: string, sources: readonly Source[]): Promise<Sample[]> {
  const told = await Promise.all(
    sources.map(async (source) => {
      try {
        return await source();
      } catch (error) {
        log.error("not measured", { ...troubleOf(error) });
        return null;
      }
    }),
  );
  const failed = told.filter((samples) => samples === null).length;
  return [
    { metric: "comanda_up", labels: { worker }, value: 1 },
    { metric: "comanda_sources_failed", labels: { worker }, value: failed },
    ...told.flatMap((samples) => samples ?? []),
  ];
}
