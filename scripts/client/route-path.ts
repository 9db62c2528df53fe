/** A route's path with its parameters filled in and the query appended: `/v1/orders/{order}` → `/v1/orders/ord_…?after=3`. */
export function pathOf(
  route: string,
  params: Record<string, string> = {},
  query: Record<string, string | readonly string[]> = {},
): string {
  const path = route.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`${route} needs ${name}`);
    return encodeURIComponent(value);
  });
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (typeof value === "string" ? [value] : value).map((one): [string, string] => [name, one]),
  );
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs).toString()}`;
}
