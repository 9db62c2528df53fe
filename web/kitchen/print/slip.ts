/** One line of a printed slip. A rule is drawn from edge to edge and says nothing. */
export interface SlipLine {
  readonly text: string;
  readonly size?: "usual" | "double";
  readonly weight?: "usual" | "bold";
  readonly align?: "start" | "center";
  /** White on black. */
  readonly inverse?: boolean;
  readonly rule?: boolean;
}

/** What is printed, for paper and for the printer's own language alike. */
export type Slip = readonly SlipLine[];

/** Rolls that there are, in mm. */
export type Paper = 58 | 80;
