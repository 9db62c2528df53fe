import { z } from "zod";

type Json = Record<string, unknown>;

/** Zod schemas as JSON Schema 2020-12 for an OpenAPI 3.1 document; what is shared goes among its components. */
export class Schemas {
  readonly components: Record<string, Json> = {};
  private readonly known = new Map<string, string>();

  of(schema: z.ZodType, io: "input" | "output"): Json {
    const {
      $schema: _,
      $defs = {},
      ...root
    } = z.toJSONSchema(schema, { io, unrepresentable: "any", target: "draft-2020-12" });
    const names = new Map<string, string>();
    for (const [name, definition] of Object.entries($defs)) names.set(`#/$defs/${name}`, this.nameOf(name, definition));
    for (const [name, definition] of Object.entries($defs)) {
      const component = names.get(`#/$defs/${name}`) ?? name;
      this.components[component] ??= renamed(definition, names);
    }
    return renamed(root, names);
  }

  /** The parameters of a request: one for each field. */
  parameters(where: "path" | "query" | "header", schema: z.ZodObject | undefined): Json[] {
    if (schema === undefined) return [];
    return Object.entries(schema.shape).map(([name, field]) => {
      const optional = z.object({ [name]: field }).safeParse({}).success;
      return {
        name,
        in: where,
        required: where === "path" || !optional,
        schema: this.of(z.object({ field }).shape.field, "input"),
      };
    });
  }

  /** The same definition gets the same name again, another one of that name a number. */
  private nameOf(name: string, definition: unknown): string {
    const text = JSON.stringify(definition);
    const base = name.startsWith("__schema") ? "Shape" : name;
    for (let number = 0; ; number += 1) {
      const candidate = number === 0 && base !== "Shape" ? base : `${base}${number}`;
      const taken = this.known.get(candidate);
      if (taken === text) return candidate;
      if (taken === undefined) {
        this.known.set(candidate, text);
        return candidate;
      }
    }
  }
}

function renamed(value: unknown, names: ReadonlyMap<string, string>): Json {
  return JSON.parse(JSON.stringify(value), (key, part: unknown) => {
    const name = key === "$ref" && typeof part === "string" ? names.get(part) : undefined;
    return name === undefined ? part : `#/components/schemas/${name}`;
  });
}
