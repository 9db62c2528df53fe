import { gzipSync } from "node:zlib";

/** Something in place of a JSON body, and the statuses that say rightly what is wrong with it. */
export interface NoBody {
  readonly what: string;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly chunked?: true;
  readonly statuses: readonly number[];
}

const deep = (open: string, close: string, times: number) => open.repeat(times) + close.repeat(times);
const big = (bytes: number) => JSON.stringify({ note: "x".repeat(bytes) });

/** What a broken or hostile client might send where `valid` belongs and at most `largest` bytes are read. */
export function noBodies(valid: string, largest: number): NoBody[] {
  return [
    { what: "half a body", body: valid.slice(0, -1), statuses: [400] },
    { what: "a body and a half", body: valid + valid, statuses: [400] },
    { what: "an open brace", body: "{", statuses: [400] },
    { what: "a comma too many", body: `${valid.slice(0, -1)},}`, statuses: [400] },
    { what: "single quotes", body: "{'a':1}", statuses: [400] },
    { what: "a word that JSON has not", body: `{"a":NaN}`, statuses: [400] },
    { what: "a comment", body: `/* hello */ ${valid}`, statuses: [400] },
    { what: "a form", body: "a=1&b=2", statuses: [400] },
    { what: "markup", body: "<order/>", statuses: [400] },
    { what: "null", body: "null", statuses: [422] },
    { what: "a text", body: `"${"x".repeat(100)}"`, statuses: [422] },
    { what: "a number", body: "1e400", statuses: [422] },
    { what: "a list", body: `[${valid}]`, statuses: [422] },
    { what: "lists in lists", body: deep("[", "]", 50_000), statuses: [400, 422] },
    { what: "objects in objects", body: `${deep('{"a":', "}", 20_000).replace(":}", ":1}")}`, statuses: [400, 422] },
    { what: "bytes that are no UTF-8", body: Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d), statuses: [400] },
    { what: "UTF-16", body: Buffer.from(valid, "utf16le"), statuses: [400] },
    { what: "a NUL", body: "\u0000", statuses: [400] },
    { what: "what is gzip", body: gzipSync(valid), headers: { "content-encoding": "gzip" }, statuses: [400, 415] },
    { what: "a claim to be gzip", body: valid.slice(0, -1), headers: { "content-encoding": "gzip" }, statuses: [400, 415] },
    { what: "a body that is too large", body: big(largest), statuses: [413] },
    { what: "a body that is too large and does not say so", body: big(largest), chunked: true, statuses: [413] },
    { what: "JSON that says it is text", body: valid, headers: { "content-type": "text/plain" }, statuses: [415] },
    { what: "JSON that says it is a form", body: valid, headers: { "content-type": "application/x-www-form-urlencoded" }, statuses: [415] },
    { what: "JSON that says it is in parts", body: valid, headers: { "content-type": "multipart/form-data; boundary=x" }, statuses: [415] },
    { what: "JSON that says it is nearly JSON", body: valid, headers: { "content-type": "application/jsonp" }, statuses: [415] },
    { what: "JSON that says it is nothing", body: valid, headers: { "content-type": "" }, statuses: [415] },
  ]; // prettier-ignore
}
