import { expect, it } from "vitest";
import { html as markup, jsonScript } from "./html.ts";

it("whatever is put into markup is text, in an element and in an attribute", () => {
  const hostile = `"><script>alert('1')</script>&amp;`;
  expect(markup`<a title="${hostile}">${hostile}</a>`.toString()).toBe(
    `<a title="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;">&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;</a>`,
  );
});

it("markup inside markup stays what it is, lists follow each other, and null is nothing", () => {
  const rows = [1, 2].map((row) => markup`<li>${row}</li>`);
  expect(markup`<ul>${rows}${null}${undefined}</ul>`.toString()).toBe("<ul><li>1</li><li>2</li></ul>"); // prettier-ignore
});

it("no value ends the element that it is data in, and all of it can be read again", () => {
  const value = { name: "</script><!--<script>" };
  const text = jsonScript("application/ld+json", value).toString();
  expect(text.match(/<\/?script/g)).toEqual(["<script", "</script"]);
  expect(JSON.parse(text.replace(/^<script[^>]*>|<\/script>$/g, ""))).toEqual(value);
});
