import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { z } from "zod";
import type { DriverMessage } from "../../contracts/driver.ts";
import type { PendingActions } from "../shared/pending.ts";
import { serverNow } from "../shared/server-clock.ts";
import { keep, kept } from "../shared/storage.ts";
import { News, newsIn, type Shown, ShownHere, type Stage } from "./news.ts";

const name = "comanda.driver.news";
const Kept = z.object({ news: z.array(News), shown: ShownHere });
const most = 10;
const turning: ReadonlySet<News["kind"]> = new Set(["called-off", "reassigned", "gone", "to-return", "food-left"]);
/** What a driver takes off the screen by hand, by the deed. */
const tasks = ["to-venue", "at-venue", "to-customer", "returning"] as const;
const endedBy: Readonly<Record<string, readonly Stage[]>> = {
  accept: ["offered"],
  decline: ["offered", "to-venue", "at-venue"],
  deliver: ["to-venue", "at-venue", "to-customer"],
  fail: tasks,
  returned: tasks,
  shift: ["on"],
};

/** What happened to a driver's work without the driver, until it was read: kept through a reload, for phones sleep. */
export class NewsDesk {
  readonly #news = signal<readonly News[]>([]);
  /** What the driver has done and nobody has refused, by the action's key. */
  readonly #own = new Map<string, { readonly what: string; readonly stages: readonly Stage[] }>();
  readonly #forget: () => void;
  #shown: Shown;

  constructor(pending: PendingActions) {
    const before = kept(name, Kept);
    this.#news.value = before?.news ?? [];
    this.#shown = new Map(before?.shown);
    this.#forget = effect(() => {
      for (const { key, name: deed, params } of pending.waiting.value) {
        const stages = endedBy[deed];
        if (stages !== undefined) this.#own.set(key, { what: params["id"] ?? "shift", stages });
      }
      for (const { action, problem } of pending.outcomes.value) {
        // Why an offer was not had its refusal tells already.
        if (problem !== null && action.name !== "accept") this.#own.delete(action.key);
      }
    });
  }

  get news(): ReadonlySignal<readonly News[]> {
    return this.#news;
  }

  /** The newest that sends the driver another way than the phone has shown; null where it was read, or there is none. */
  get alarm(): string | null {
    const last = this.#news.value.findLast(({ kind }) => turning.has(kind));
    return last === undefined ? null : `${last.label}/${last.at}`;
  }

  hear(message: Exclude<DriverMessage, { type: "problem" }>): void {
    // Told by this phone's own memory, which may be older than what was shown.
    if (message.type === "snapshot" && message.seq === 0) return;
    const own = [...this.#own.values()];
    const isOwn = (what: string, stage: Stage) => own.some((one) => one.what === what && one.stages.includes(stage));
    const { news, shown } = newsIn(this.#shown, message, isOwn, serverNow());
    this.#shown = shown;
    // It may come again, and then go without the driver.
    for (const [key, { what }] of this.#own) if (!shown.has(what)) this.#own.delete(key);
    this.#set([...this.#news.peek(), ...news].slice(-most));
    if (news.length > 0 && navigator.userActivation?.hasBeenActive === true) navigator.vibrate?.([200, 100, 200]);
  }

  /** Somebody has read them. */
  clear(): void {
    this.#set([]);
  }

  /** Somebody else may hold the phone next. */
  forget(): void {
    this.#shown = new Map();
    this.clear();
  }

  close(): void {
    this.#forget();
  }

  #set(news: readonly News[]): void {
    this.#news.value = news;
    keep(name, news.length + this.#shown.size === 0 ? null : { news, shown: [...this.#shown] });
  }
}
