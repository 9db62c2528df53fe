/** A Hono route path (`/v1/orders/:id`, `/v1/*`, `/:kind{a|b}`) as an expression that matches the same paths. */
export function routePattern(path: string): RegExp {
  const segments = path.split("/").map((segment) => {
    if (segment === "*") return ".*";
    const parameter = /^:[^{?]+(?:\{(.+)\})?(\?)?$/.exec(segment);
    if (parameter === null) return segment.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
    return `(?:${parameter[1] ?? "[^/]+"})${parameter[2] ?? ""}`;
  });
  return new RegExp(`^${segments.join("/")}$`);
}
