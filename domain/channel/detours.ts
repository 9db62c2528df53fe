/** In which order it is decided of the deliveries whether they make a detour; `mixed`: the dearest first, more or less. */
export type Turn = "largest-first" | "dearest-first" | "mixed";

/** That so much room becomes free at a node; what that may cost at the most. */
export interface Wish {
  readonly node: number;
  readonly room: number;
  readonly worth: number;
}

/**
 * Where each delivery would be at the prices of capacity, and where it may be instead for little more. What a plan
 * costs beyond the bound is the sum of its detours and of the price of all room that stays empty. Rooms are counted of
 * some nodes only, and these go by their number among them; -1: of that node none is counted.
 */
export interface Detours {
  /** Where each delivery is cheapest, capacity paid for. */
  readonly home: Int32Array;
  /** Those that have detours, in the order in which they are decided, the room they are at home in, and how much they take there. */
  readonly deliveries: Int32Array;
  readonly homes: Int32Array;
  readonly given: Int32Array;
  /** The detours of the delivery decided as number `turn` are those from `first[turn]` up to `first[turn + 1]`. */
  readonly first: Int32Array;
  readonly nodes: Int32Array;
  readonly rooms: Int32Array;
  readonly taken: Int32Array;
  readonly extras: Float64Array;
  /** What each room can take, those at home put away, and what a unit of it costs that stays empty. */
  readonly free: Int32Array;
  readonly prices: Float64Array;
  /** What the plan costs beyond the bound. */
  readonly over: number;
  /** Whether these are all detours that cost less than that. */
  readonly all: boolean;
}
