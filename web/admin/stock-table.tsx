import { useEffect, useId, useState } from "preact/hooks";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import type { StockView, VenueView } from "../../contracts/venue.ts";
import { nextMorning } from "../../domain/venue/next-morning.ts";
import type { Problem } from "../../contracts/problem.ts";
import { intend } from "../shared/intent.ts";
import { Sheet } from "../shared/sheet.tsx";
import { useDeed } from "./deed.ts";
import { NumberField, TextField } from "./fields.tsx";
import { moment } from "./moment.ts";
import { session } from "./sign-in.ts";
import { Chip, Failed } from "./states.tsx";
import type { Thing } from "./stock-things.ts";
import { words } from "./stock-words.ts";
import { Table } from "./table.tsx";

interface StockTableProps {
  readonly venue: VenueView;
  readonly things: readonly Thing[];
  readonly stock: StockView;
}

/** So many rows are drawn at first: a big house counts a thousand things, and looks at a few. */
const shownFirst = 200;

/** Everything that can be sold out, with what is left and what can be done. */
export function StockTable({ venue, things, stock }: StockTableProps) {
  const [most, setMost] = useState(shownFirst);
  const [open, setOpen] = useState<Thing | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const t = words.value;
  const params = { venue: venue.id };
  const adjust = async (key: string, by: number) => {
    const reply = await intend(session, venueRoutes.adjustStock, { params, body: { key, by } });
    setProblem(reply.ok ? null : reply.problem);
  };
  return (
    <>
      {problem === null ? null : <Failed problem={problem} />}
      <Table
        caption={t.title}
        rows={things.slice(0, most)}
        keyOf={({ key }) => key}
        toneOf={({ key }) => (stateOf(key, stock).tone === "stop" ? "stop" : null)}
        columns={[
          {
            key: "name",
            title: t.what,
            cell: ({ name, of, kind }) => (
              <span>
                {name}
                {of === null ? null : <span class="row-id small quiet">{`${t.kinds[kind]} · ${of}`}</span>}
              </span>
            ),
          },
          {
            key: "left",
            title: t.left,
            figures: true,
            cell: (thing) => <Left thing={thing} left={stock.stock[thing.key]} adjust={adjust} />,
          },
          { key: "state", title: t.state, cell: ({ key }) => <State of={key} stock={stock} /> },
          {
            key: "change",
            title: t.change,
            cell: (thing) => (
              <button type="button" class="button button-quiet button-small" onClick={() => setOpen(thing)}>
                {t.change}
                <span class="for-ears">
                  : {thing.of ?? ""} {thing.name}
                </span>
              </button>
            ),
          },
        ]}
      />
      {things.length > most ? (
        <button type="button" class="button button-quiet" onClick={() => setMost(things.length)}>
          {t.more(things.length - most)}
        </button>
      ) : null}
      {open === null ? null : <Change venue={venue} thing={open} stock={stock} close={() => setOpen(null)} />}
    </>
  );
}

interface LeftProps {
  readonly thing: Thing;
  readonly left: number | undefined;
  adjust(key: string, by: number): Promise<void>;
}

function Left({ thing: { key, name }, left, adjust }: LeftProps) {
  const t = words.value;
  if (left === undefined) return <span class="quiet">{t.notCounted}</span>;
  return (
    <span class="stepper">
      <button
        type="button"
        aria-label={`${t.fewer}: ${name}`}
        disabled={left === 0}
        onClick={() => void adjust(key, -1)}
      >
        −
      </button>
      <output class="figures" aria-label={`${t.left}: ${name}`}>
        {left}
      </output>
      <button type="button" aria-label={`${t.oneMore}: ${name}`} onClick={() => void adjust(key, 1)}>
        +
      </button>
    </span>
  );
}

function State({ of, stock }: { readonly of: string; readonly stock: StockView }) {
  const { tone, text, until } = stateOf(of, stock);
  return (
    <span>
      <Chip tone={tone}>{text}</Chip> {until === null ? null : <span class="small quiet">{until}</span>}
    </span>
  );
}

function stateOf(key: string, { stock, soldOut }: StockView) {
  const t = words.value;
  if (Object.hasOwn(soldOut, key)) {
    const until = soldOut[key] ?? null;
    return { tone: "stop", text: t.soldOut, until: until === null ? t.untilSaid : t.until(moment(until)) } as const;
  }
  if (stock[key] === 0) return { tone: "stop", text: t.noneLeft, until: null } as const;
  return { tone: "plain", text: t.available, until: null } as const;
}

interface ChangeProps {
  readonly venue: VenueView;
  readonly thing: Thing;
  readonly stock: StockView;
  close(): void;
}

/** What is left of one thing, set by hand; and until when it is sold out. */
function Change({ venue, thing, stock, close }: ChangeProps) {
  const { key, name, of } = thing;
  const now = stock.stock[key];
  const [left, setLeft] = useState<number | null>(now ?? null);
  const [at, setAt] = useState("");
  const deed = useDeed();
  const id = useId();
  const t = words.value;
  const params = { venue: venue.id };
  const isOut = Object.hasOwn(stock.soldOut, key);
  // Sold or counted elsewhere meanwhile: what stands here is how it is now.
  useEffect(() => setLeft(now ?? null), [now]);
  const count = async (to: number | null) => {
    const done = await deed.run(() => intend(session, venueRoutes.setStock, { params, body: { key, left: to } }));
    if (done !== null) close();
  };
  const sellOut = async (until: string | null) => {
    const done = await deed.run(() => intend(session, venueRoutes.sellOut, { params, body: { key, until } }));
    if (done !== null) close();
  };
  const back = async () => {
    const done = await deed.run(() => intend(session, venueRoutes.makeAvailable, { params, body: { key } }));
    if (done !== null) close();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (left !== null) void count(left);
  };
  return (
    <Sheet titleId={id} onClose={close}>
      <div class="fields">
        <div>
          <h2 id={id}>{name}</h2>
          {of === null ? null : <p class="quiet">{of}</p>}
        </div>
        {deed.problem === null ? null : <Failed problem={deed.problem} />}
        <form class="fields" onSubmit={submit}>
          <NumberField
            label={t.setLeft}
            hint={t.setLeftHint}
            value={left}
            min={0}
            max={1_000_000}
            required
            onInput={setLeft}
          />
          <div class="form-end">
            <button class={`button ${deed.busy ? "button-busy" : ""}`}>{t.set}</button>
            {now === undefined ? null : (
              <button type="button" class="button button-quiet" onClick={() => void count(null)}>
                {t.stopCounting}
              </button>
            )}
          </div>
        </form>
        <h3>{t.soldOut}</h3>
        {isOut ? (
          <div class="form-end">
            <button type="button" class="button button-go" onClick={() => void back()}>
              {t.back}
            </button>
          </div>
        ) : null}
        <div class="form-end">
          <button
            type="button"
            class="button button-stop"
            onClick={() => void sellOut(new Date(nextMorning(Date.now(), venue.settings.timeZone)).toISOString())}
          >
            {t.forToday}
          </button>
          <button type="button" class="button button-stop" onClick={() => void sellOut(null)}>
            {t.byHand}
          </button>
        </div>
        <div class="form-row">
          <TextField label={t.untilWhen} type="datetime-local" value={at} onInput={setAt} />
        </div>
        <div class="form-end">
          <button
            type="button"
            class="button button-stop"
            disabled={at === "" || Date.parse(at) <= Date.now()}
            onClick={() => void sellOut(new Date(at).toISOString())}
          >
            {t.untilThen}
          </button>
        </div>
      </div>
    </Sheet>
  );
}
