import { expect } from "vitest";
import { frontDoor } from "../../workers/ordering/http/front-door.ts";
import { app as delivery } from "../../workers/delivery/http.ts";
import { app as kitchen } from "../../workers/kitchen/http.ts";
import { keyOf, type OpenApi, type Operation } from "./operations.ts";

const schemaWords = new Set([
  "type", "enum", "const", "properties", "required", "additionalProperties", "propertyNames", "patternProperties", "items",
  "prefixItems", "anyOf", "oneOf", "allOf", "not", "$ref", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
  "multipleOf", "minLength", "maxLength", "pattern", "format", "minItems", "maxItems", "uniqueItems", "default", "description",
  "title", "example", "examples", "readOnly", "writeOnly", "deprecated", "contentEncoding", "minProperties", "maxProperties",
  "discriminator", "id",
]); // prettier-ignore
const types = new Set(["string", "number", "integer", "boolean", "object", "array", "null"]);

/** What is wrong with the document as OpenAPI 3.1, beyond its outer shape; empty where nothing is. */
export function faultsIn(document: OpenApi, operations: readonly Operation[]): string[] {
  const faults: string[] = [];
  const ids = new Map<string, string>();
  for (const { key, path, method, described } of operations) {
    const { operationId, parameters = [], responses, requestBody, security, tags } = described;
    if (ids.has(operationId)) faults.push(`${key}: operationId ${operationId} is also ${ids.get(operationId)}'s`);
    ids.set(operationId, key);
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
    const declared = parameters.filter((one) => one.in === "path");
    if (
      declared
        .map(({ name }) => name)
        .toSorted()
        .join() !== inPath.toSorted().join()
    ) {
      faults.push(`${key}: path parameters ${declared.map(({ name }) => name).join()}`);
    }
    for (const { name, required } of declared) if (required !== true) faults.push(`${key}: ${name} is not required`);
    const named = parameters.map((one) => `${one.in} ${one.name}`);
    if (new Set(named).size < named.length) faults.push(`${key}: a parameter is declared twice`);
    if (method === "GET" && requestBody !== undefined) faults.push(`${key}: a GET with a body`);
    if (tags.length === 0) faults.push(`${key}: no tag`);
    const refusals = responses["4XX"]?.content ?? {};
    if (refusals["application/problem+json"]?.schema === undefined)
      faults.push(`${key}: its refusals are not described`);
    if (!Object.keys(responses).some((status) => /^[123]\d\d$/.test(status)))
      faults.push(`${key}: no success described`);
    for (const status of Object.keys(responses))
      if (!/^[1-5](?:\d\d|XX)$/.test(status)) faults.push(`${key}: ${status}`);
    for (const scheme of (security ?? []).flatMap((one) => Object.keys(one))) {
      if (document.components.securitySchemes[scheme] === undefined) faults.push(`${key}: no scheme ${scheme}`);
    }
    const schemas = [
      ...parameters.map(({ schema }) => schema),
      ...Object.values(requestBody?.content ?? {}).map(({ schema }) => schema),
      ...Object.values(responses).flatMap(({ content = {} }) => Object.values(content).map(({ schema }) => schema)),
    ];
    for (const schema of schemas) if (schema !== undefined) judgeSchema(schema, key, document, faults);
  }
  for (const [name, schema] of Object.entries(document.components.schemas)) judgeSchema(schema, name, document, faults);
  return faults;
}

/** Words of JSON Schema 2020-12 only, each used as it may be; every reference leads somewhere. */
function judgeSchema(schema: unknown, where: string, document: OpenApi, faults: string[]): void {
  if (typeof schema === "boolean") return;
  if (typeof schema !== "object" || schema === null)
    return void faults.push(`${where}: no schema but ${typeof schema}`);
  for (const [word, value] of Object.entries(schema)) {
    if (!schemaWords.has(word)) faults.push(`${where}: ${word}`);
    if (word === "$ref" && !referenceLeads(value, document)) faults.push(`${where}: ${String(value)} leads nowhere`);
    const named = Array.isArray(value) ? value : [value];
    if (word === "type" && !named.every((one) => types.has(one))) faults.push(`${where}: type ${String(value)}`);
    if (word === "required" && !(Array.isArray(value) && new Set(value).size === value.length))
      faults.push(`${where}: required`);
    if (word === "pattern") new RegExp(String(value), "u");
    if (["anyOf", "oneOf", "allOf", "prefixItems"].includes(word))
      named.forEach((one) => judgeSchema(one, where, document, faults));
    if (["items", "additionalProperties", "propertyNames", "not"].includes(word))
      judgeSchema(value, where, document, faults);
    if (word !== "properties") continue;
    for (const [name, inner] of Object.entries(Object(value))) judgeSchema(inner, `${where}/${name}`, document, faults);
  }
}

function referenceLeads(reference: unknown, document: OpenApi): boolean {
  const name = /^#\/components\/schemas\/(.+)$/.exec(String(reference))?.[1];
  return name !== undefined && document.components.schemas[name] !== undefined;
}

/** The routes that the workers really have, as `METHOD path`. */
export function routesAnswered(): string[] {
  const routes = [...frontDoor().routes, ...kitchen.routes, ...delivery.routes];
  const keys = routes
    .filter(({ method, path }) => method !== "ALL" && !isOfPages(path))
    .map(({ method, path }) => keyOf({ method, path: path.replaceAll(/:(\w+)/g, "{$1}") }));
  return [...new Set(keys)].toSorted();
}

/** Files that only pages ask for: pictures and manifests. */
function isOfPages(path: string): boolean {
  return path.startsWith("/-/") || path.endsWith(".webmanifest");
}

/** Holds a secured operation to saying so, and a public one to not asking for a token. */
export function expectSecurity({ key, policy, described }: Operation): void {
  const schemes = (described.security ?? []).flatMap((one) => Object.keys(one));
  const expected =
    policy.who === "operator" ? ["operator"] : policy.who === "anybody" || policy.who === "carrier" ? [] : ["bearer"];
  expect(
    schemes.filter((name) => name !== "client"),
    key,
  ).toEqual(expected);
}
