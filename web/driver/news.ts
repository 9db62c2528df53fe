import { z } from "zod";
import type { DriverMessage, DriverView, TaskStage } from "../../contracts/driver.ts";
import type { OrderId } from "../../contracts/ids.ts";

const kinds = [
  "offer-expired", "offer-gone", "called-off", "reassigned", "delivered", "failed", "returned", "gone", "to-return",
  "food-left", "shift-ended",
] as const; // prettier-ignore

/** Something that happened to a driver's work without the driver. */
export const News = z.object({
  kind: z.enum(kinds),
  /** Of what, as people call it: an order's code, the name of who an offer was for; empty for the shift. */
  label: z.string(),
  /** Epoch milliseconds by the server's clock, as far as this phone knew it. */
  at: z.number(),
});
export type News = z.infer<typeof News>;

/** The last a phone has shown of an order, or under `shift` of the shift: whoever tells of its end does not name it. */
interface Thing {
  readonly label: string;
  readonly stage: Stage;
}
export type Stage = TaskStage | "offered" | "on";
export type Shown = ReadonlyMap<OrderId, Thing>;

/** As it is kept on the phone. */
export const ShownHere = z.array(
  z.tuple([
    z.string(),
    z.object({
      label: z.string(),
      stage: z.enum(["to-venue", "at-venue", "to-customer", "returning", "offered", "on"]),
    }),
  ]),
);

type Told = Exclude<DriverMessage, { type: "problem" }>;

/**
 * What the driver has to be told after a message, and what has been shown then. `isOwn` says whether the driver took it
 * off the screen by hand. What was missed comes as one event after the other, each with the view of now: so each tells
 * of its own order only, and a snapshot of all.
 */
export function newsIn(
  shown: Shown,
  message: Told,
  isOwn: (what: OrderId, stage: Stage) => boolean,
  at: number,
): { readonly news: readonly News[]; readonly shown: Shown } {
  const now = shownIn(message.driver);
  const newsOf = (what: OrderId, reason: string | null): News[] => {
    const before = shown.get(what);
    if (before === undefined) return [];
    const kind = kindOf(before.stage, now.get(what)?.stage, reason);
    // Who has delivered what was cancelled meanwhile has not sent it back.
    const own = isOwn(what, kind === "to-return" ? "returning" : before.stage);
    return kind === null || own ? [] : [{ kind, label: before.label, at }];
  };
  if (message.type === "snapshot") {
    const news = [...shown.keys()].flatMap((what) => newsOf(what, null));
    return { news, shown: now };
  }
  const { event, reason } = message;
  const what = event === "shift-began" || event === "shift-ended" ? "shift" : message.order;
  const next = new Map([...now, ...shown]);
  if (what === null) return { news: [], shown: next };
  const stands = now.get(what);
  if (stands === undefined) next.delete(what);
  else next.set(what, stands);
  const news = reason === "asked" ? [] : newsOf(what, reason);
  return { news, shown: next };
}

/** What it means for a driver that something is at another stage now, or gone; null where that is no news. */
function kindOf(before: Stage, now: Stage | undefined, reason: string | null): News["kind"] | null {
  if (now !== undefined) return now === "returning" && before !== "returning" ? "to-return" : null;
  switch (before) {
    case "on":
      return "shift-ended";
    case "offered":
      return reason === "expired" ? "offer-expired" : "offer-gone";
    case "to-customer":
      // Whoever has the food has to hear what becomes of it.
      return reason === "called-off" || reason === "failed" ? "food-left" : (endings.get(reason ?? "") ?? "gone");
    case "to-venue":
    case "at-venue":
    case "returning":
      return endings.get(reason ?? "") ?? "gone";
  }
}

const endings = new Map<string, News["kind"]>(
  (["called-off", "reassigned", "delivered", "failed", "returned"] as const).map((kind) => [kind, kind]),
);

function shownIn({ shift, offer, tasks }: DriverView): Shown {
  return new Map<OrderId, Thing>([
    ...(shift.status === "on" ? [["shift", { label: "", stage: "on" }] as const] : []),
    ...(offer === null ? [] : [[offer.order, { label: offer.dropoff.name, stage: "offered" }] as const]),
    ...tasks.map(({ order, code, stage }) => [order, { label: code, stage }] as const),
  ]);
}
