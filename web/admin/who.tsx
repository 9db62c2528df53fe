import type { NameOf } from "./names.ts";

/** By whom: the name, and beneath it the id, which is what one looks for. */
export function Who({ id, nameOf }: { readonly id: string; readonly nameOf: NameOf }) {
  const name = nameOf(id);
  if (name === null) return <span class="mono small anywhere">{id}</span>;
  return (
    <span>
      <bdi>{name}</bdi> <span class="row-id small quiet mono anywhere">{id}</span>
    </span>
  );
}
