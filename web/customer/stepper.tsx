import { words } from "./words.ts";

interface StepperProps {
  /** What is counted. */
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  onChange(value: number): void;
}

export function Stepper({ label, value, least, most, onChange }: StepperProps) {
  const t = words.value;
  return (
    <div class="stepper" role="group" aria-label={label}>
      <button
        type="button"
        aria-label={`${t.fewer}: ${label}`}
        disabled={value <= least}
        onClick={() => onChange(value - 1)}
      >
        −
      </button>
      <output class="figures">{value}</output>
      <button
        type="button"
        aria-label={`${t.more}: ${label}`}
        disabled={value >= most}
        onClick={() => onChange(value + 1)}
      >
        +
      </button>
    </div>
  );
}
