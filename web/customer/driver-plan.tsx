import type { Point } from "../../contracts/point.ts";
import { distance } from "./driver-map.tsx";
import { headingOf, type Plan, planOf, scaleBarOf, type Spot, trailOf } from "./plan.ts";
import { orderWords } from "./words-order.ts";

interface DriverPlanProps {
  /** Where the driver has been, newest last; never empty. */
  readonly trail: readonly Point[];
  /** Whether the newest is where the driver is, and not only near it. */
  readonly exact: boolean;
  readonly venue: Point | null;
  readonly home: Point | null;
  readonly label: string;
}

/** Of a position before pick-up the server says only in which cell of some 220 m it is. */
const roughMetres = 160;

/** A plan with what matters on it and nothing else: no map is fetched from anybody, so nobody learns where anybody lives. */
export function DriverPlan({ trail, exact, venue, home, label }: DriverPlanProps) {
  const t = orderWords.value;
  const driver = trail.at(-1);
  if (driver === undefined) return null;
  const fixed = [venue, home].filter((point) => point !== null);
  const plan = planOf([...fixed, driver], 600, 380);
  const at = plan.spotOf(driver);
  const goal = exact ? home : venue;
  const target = goal === null ? null : plan.spotOf(goal);
  const bar = scaleBarOf(plan);
  return (
    <svg class="plan" viewBox={`0 0 ${plan.width} ${plan.height}`} role="img" aria-label={label}>
      <Rings plan={plan} around={target} step={bar.metres} />
      {target === null ? null : <path class="plan-way" d={`M${at.x} ${at.y}L${target.x} ${target.y}`} />}
      <path class="plan-trail" d={trailOf(trail.map((point) => plan.spotOf(point)))} />
      {venue === null ? null : <Mark spot={plan.spotOf(venue)} kind="venue" name={t.map.venue} />}
      {home === null ? null : <Mark spot={plan.spotOf(home)} kind="home" name={t.map.home} />}
      {exact ? (
        <g class="plan-driver" transform={`translate(${at.x} ${at.y})`}>
          <circle r="17" />
          <path d="M0 -10 7 8 0 4 -7 8z" transform={`rotate(${heading(trail, plan, target)})`} />
        </g>
      ) : (
        <circle class="plan-rough" cx={at.x} cy={at.y} r={Math.max(26, roughMetres * plan.scale)} />
      )}
      <g class="plan-scale" transform={`translate(18 ${plan.height - 16})`}>
        <path d={`M0 -6V0H${bar.length}V-6`} />
        <text x={bar.length + 8} y="2">
          {distance(bar.metres)}
        </text>
      </g>
      <g class="plan-scale" transform={`translate(${plan.width - 24} 22)`}>
        <path d="M0 12V-8M-5 -2 0 -9 5 -2" />
        <text x="0" y="28" text-anchor="middle">
          {t.map.north}
        </text>
      </g>
    </svg>
  );
}

function Rings({ plan, around, step }: { readonly plan: Plan; readonly around: Spot | null; readonly step: number }) {
  if (around === null) return null;
  return (
    <g class="plan-rings">
      {[1, 2, 3, 4].map((count) => (
        <circle key={count} cx={around.x} cy={around.y} r={count * step * plan.scale} />
      ))}
    </g>
  );
}

const marks = {
  venue: "M-9 -9H9V9H-9zM-9 -3H9M-3 -9V-3M3 -9V-3",
  home: "M-10 0 0 -10 10 0M-7 -2V9H7V-2",
} as const;

function Mark({ spot, kind, name }: { readonly spot: Spot; readonly kind: keyof typeof marks; readonly name: string }) {
  return (
    <g class={`plan-mark plan-mark-${kind}`} transform={`translate(${spot.x} ${spot.y})`}>
      <circle r="18" />
      <path d={marks[kind]} />
      <text y="36" text-anchor="middle">
        {name}
      </text>
    </g>
  );
}

/** Along the way that was gone last; before there is one, towards where it will go. */
function heading(trail: readonly Point[], plan: Plan, target: Spot | null): number {
  const [before, last] = trail.slice(-2).map((point) => plan.spotOf(point));
  if (before !== undefined && last !== undefined) return headingOf(before, last);
  return before === undefined || target === null ? 0 : headingOf(before, target);
}
