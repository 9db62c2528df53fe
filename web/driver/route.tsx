import { clock } from "../shared/format.ts";
import { windowOf } from "./expected.ts";
import type { Stop } from "./stops.ts";
import { words } from "./words.ts";

interface RouteProps {
  readonly stops: readonly Stop[];
  /** Which of them is on the screen. */
  readonly shown: string;
  onChoose(key: string): void;
}

/** All stops in their order; whoever knows the way better goes to another first. */
export function Route({ stops, shown, onChoose }: RouteProps) {
  const t = words.value;
  if (stops.length < 2) return null;
  return (
    <nav class="route" aria-labelledby="route-title">
      <h2 id="route-title">{t.route}</h2>
      <ol>
        {stops.map((stop) => {
          const what = (
            <>
              <span class="route-what">
                {t.kinds[stop.kind]} <span class="mono">{stop.tasks.map(({ code }) => code).join(" ")}</span>
              </span>
              <span class="route-where" dir="auto">
                {stop.place.name} · {stop.place.address}
              </span>
              <span class="route-when figures">{whenOf(stop)}</span>
            </>
          );
          return (
            <li key={stop.key} data-kind={stop.kind} aria-current={stop.key === shown ? "step" : undefined}>
              {stop.ahead || stop.key === shown ? (
                <div class="route-stop">{what}</div>
              ) : (
                <button type="button" class="route-stop" onClick={() => onChoose(stop.key)}>
                  {what}
                </button>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

/** A customer is told a window, and so is who comes. */
function whenOf({ kind, at, tasks: [first] }: Stop): string {
  if (kind === "bring" && first !== undefined) return windowOf(first);
  return at === null ? "" : clock(at);
}
