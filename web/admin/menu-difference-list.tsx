import { useState } from "preact/hooks";
import { z } from "zod";
import { Allergen, Diet, Hours, Text } from "../../contracts/menu.ts";
import type { FieldDifference, MenuDifference, MenuDifferences } from "../../contracts/menu-difference.ts";
import { inside, money, said } from "../shared/format.ts";
import { hoursWords } from "./hours-field.tsx";
import { words } from "./menu-words.ts";
import { languageName } from "./menu-texts-field.tsx";
import { Chip } from "./states.tsx";

interface DifferenceListProps {
  readonly differences: MenuDifferences;
  readonly currency: string;
}

/** So many are drawn at first: a new menu of five thousand dishes is nothing to be read through. */
const shownFirst = 60;
const tones = { added: "go", removed: "stop", changed: "accent" } as const;

/** What publishing would change, part by part, before → after. */
export function DifferenceList({ differences: { added, removed, changed, list }, currency }: DifferenceListProps) {
  const [most, setMost] = useState(shownFirst);
  const t = words.value;
  const beyond = added + removed + changed - list.length;
  if (list.length === 0) return <p class="quiet">{t.noDifferences}</p>;
  return (
    <div class="differences">
      <p class="figures">
        <strong>{t.tally(added, removed, changed)}</strong>
      </p>
      <ul class="rows">
        {list.slice(0, most).map((one) => (
          <Line key={`${one.change} ${one.part} ${one.path}`} difference={one} currency={currency} />
        ))}
      </ul>
      {list.length > most ? (
        <button type="button" class="button button-quiet" onClick={() => setMost(list.length)}>
          {t.moreDifferences(list.length - most)}
        </button>
      ) : null}
      {beyond > 0 && list.length <= most ? <p class="quiet">{t.beyond(beyond)}</p> : null}
    </div>
  );
}

function Line({ difference, currency }: { readonly difference: MenuDifference; readonly currency: string }) {
  const t = words.value;
  const { change, part, name, of, fields, path } = difference;
  return (
    <li class="difference" data-path={path}>
      <p>
        <Chip tone={tones[change]}>{t.marks[change]}</Chip>{" "}
        <strong>
          <bdi>{name === null ? t.whole : said(name)}</bdi>
        </strong>{" "}
        <span class="small quiet">
          {t.parts[part]}
          {of === null ? "" : ` · ${inside(said(of))}`}
        </span>
      </p>
      {fields.length === 0 ? null : (
        <dl>
          {fields.map((field) => (
            <Field key={field.field} change={change} field={field} currency={currency} />
          ))}
        </dl>
      )}
    </li>
  );
}

interface FieldProps {
  readonly change: MenuDifference["change"];
  readonly field: FieldDifference;
  readonly currency: string;
}

function Field({ change, field: whole, currency }: FieldProps) {
  const t = words.value;
  const { field, before, after } = change === "changed" ? inOtherWords(whole) : whole;
  const say = (value: FieldDifference["before"]) => valueWords(field, value, currency);
  const isMove = change === "changed" && (field === "items" || field === "groups");
  return (
    <div>
      <dt>{t.fields[field] ?? field}</dt>
      <dd>
        {change === "added" ? <ins>{say(after)}</ins> : null}
        {change === "removed" ? <del>{say(before)}</del> : null}
        {isMove ? (
          <>
            {isEmpty(before) ? null : (
              <span>
                {t.went}: <del>{say(before)}</del>{" "}
              </span>
            )}
            {isEmpty(after) ? null : (
              <span>
                {t.came}: <ins>{say(after)}</ins>
              </span>
            )}
          </>
        ) : null}
        {change === "changed" && !isMove ? (
          <>
            <del>{say(before)}</del> <span aria-hidden="true">→</span> <ins>{say(after)}</ins>
          </>
        ) : null}
      </dd>
    </div>
  );
}

const Texts = z.array(Text);
const Priced = z.array(z.object({ name: Text, price: z.number() }));
const Prices = z.record(z.string(), z.number());
const Taxes = z.array(z.object({ name: Text, ratePpm: z.number() }));

/** A field's value as people say it. */
function valueWords(field: string, value: FieldDifference["before"], currency: string): string {
  const t = words.value;
  if (value === null) return field === "stock" ? t.notCounted : t.nothing;
  if (typeof value === "boolean") return value ? t.yes : t.no;
  if (typeof value === "number") return field === "price" ? money(value, currency) : String(value);
  if (typeof value === "string") return value;
  switch (field) {
    case "prices":
      return listed(Priced, value, ({ name, price }) => `${inside(said(name))} ${money(price, currency)}`);
    case "allergens":
      return listed(z.array(Allergen), value, (one) => t.allergenNames[one]);
    case "diet":
      return listed(z.array(Diet), value, (one) => t.dietNames[one]);
    case "languages":
      return listed(z.array(z.string()), value, languageName);
    case "taxClasses":
      return listed(Taxes, value, ({ name, ratePpm }) => `${inside(said(name))} (${ratePpm / 10_000} %)`);
    case "hours": {
      const hours = z.array(Hours).safeParse(value);
      return hours.success && hours.data.length > 0 ? hoursWords(hours.data) : t.always;
    }
    case "priceByVariation": {
      const prices = Prices.safeParse(value);
      const all = Object.entries(prices.data ?? {}).map(([size, price]) => `${size} ${money(price, currency)}`);
      return all.join(", ") || t.nothing;
    }
    default: {
      const texts = Texts.safeParse(value);
      if (texts.success) return texts.data.map((one) => inside(said(one))).join(", ") || t.nothing;
      const text = Text.safeParse(value);
      // Every language: it may be the other one that was changed.
      return text.success
        ? Object.entries(text.data)
            .map(([language, one]) => `${inside(one)} (${language})`)
            .join(" · ")
        : JSON.stringify(value);
    }
  }
}

/** Of a text in many languages those in which it says something else. */
function inOtherWords({ field, before, after }: FieldDifference): FieldDifference {
  const [was, is] = [Text.safeParse(before), Text.safeParse(after)];
  if (!was.success || !is.success) return { field, before, after };
  const other = (text: Text, than: Text) =>
    Object.fromEntries(Object.entries(text).filter(([language, words]) => than[language] !== words));
  const [gone, come] = [other(was.data, is.data), other(is.data, was.data)];
  const orNull = (text: Text) => (Object.keys(text).length === 0 ? null : text);
  return { field, before: orNull(gone), after: orNull(come) };
}

function listed<T>(schema: z.ZodType<T[]>, value: unknown, say: (one: T) => string): string {
  return (schema.safeParse(value).data ?? []).map(say).join(", ") || words.value.nothing;
}

function isEmpty(value: FieldDifference["before"]): boolean {
  return Array.isArray(value) && value.length === 0;
}
