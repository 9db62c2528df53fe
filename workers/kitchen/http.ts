import { kitchenRoutes, type Acceptance } from "../../contracts/kitchen-routes.ts";
import { reachesVenue, type Principal } from "../../contracts/principal.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import type { BoardCommand } from "../../domain/ticket/decide.ts";
import type { ReadyWhen } from "../../domain/ticket/decide-ticket.ts";
import type { Answer, Ask } from "../shared/actor.ts";
import { innerDoor, mount } from "../shared/routes.ts";
import type { KitchenEnv } from "./env.ts";

/** The kitchen's routes, as `contracts/kitchen.ts` lists them. */
export const app = innerDoor<KitchenEnv>();

mount(app, kitchenRoutes.tickets, (call) => boardOf(call)?.tickets(call.query.status) ?? noVenue);
mount(app, kitchenRoutes.counts, (call) => boardOf(call)?.counts() ?? noVenue);
mount(app, kitchenRoutes.live, (call) => boardOf(call)?.fetch(call.request) ?? noVenue);

mount(app, kitchenRoutes.see, (call) => give(call, { type: "see", orders: [call.params.order] }));
mount(app, kitchenRoutes.accept, (call) => give(call, { type: "accept", ...on(call), when: whenOf(call.body) }));
mount(app, kitchenRoutes.reject, (call) => give(call, { type: "reject", ...on(call), ...call.body }));
mount(app, kitchenRoutes.promise, (call) => give(call, { type: "promise", ...on(call), when: whenOf(call.body) }));
mount(app, kitchenRoutes.start, (call) => give(call, { type: "start", ...on(call) }));
mount(app, kitchenRoutes.ready, (call) => give(call, { type: "ready", ...on(call), ...doneAtOf(call.body) }));
mount(app, kitchenRoutes.recall, (call) =>
  give(call, { type: "recall", ...on(call), when: whenOf(call.body), ...doneAtOf(call.body) }),
);
mount(app, kitchenRoutes.handover, (call) => give(call, { type: "hand-over", ...on(call) }));
mount(app, kitchenRoutes.acknowledge, (call) => give(call, { type: "acknowledge-withdrawal", ...on(call) }));
mount(app, kitchenRoutes.bump, (call) =>
  give(call, { type: "bump", ...on(call), lines: [call.params.line], ...doneAtOf(call.body) }),
);
mount(app, kitchenRoutes.unbump, (call) =>
  give(call, { type: "unbump", ...on(call), lines: [call.params.line], ...doneAtOf(call.body) }),
);
mount(app, kitchenRoutes.bumpLines, (call) =>
  give(call, { type: "bump", ...on(call), lines: call.body.lines, ...doneAtOf(call.body) }),
);
mount(app, kitchenRoutes.unbumpLines, (call) =>
  give(call, { type: "unbump", ...on(call), lines: call.body.lines, ...doneAtOf(call.body) }),
);
mount(app, kitchenRoutes.change, (call) => give(call, { type: "change", ...on(call), ...call.body }));
mount(app, kitchenRoutes.notice, (call) => give(call, { type: "notice-changes", ...on(call) }));

interface VenueCall {
  readonly env: KitchenEnv;
  readonly principal: Principal;
  readonly params: { readonly venue: string };
}

interface TicketCall extends VenueCall {
  readonly params: { readonly venue: string; readonly order: string };
  readonly ask: Ask;
}

async function give(call: TicketCall, command: BoardCommand): Promise<Answer | Refusal> {
  return (await boardOf(call)?.command(command, call.params.order, call.ask)) ?? noVenue;
}

function on({ params }: TicketCall): { order: string } {
  return { order: params.order };
}

function boardOf({ env, principal, params }: VenueCall) {
  return reachesVenue(principal, params.venue) ? env.BOARD.getByName(`${principal.tenant}/${params.venue}`) : null;
}

function whenOf({ readyAt, prepMinutes }: Acceptance): ReadyWhen | null {
  if (readyAt !== undefined) return { at: Date.parse(readyAt) };
  return prepMinutes === undefined ? null : { inMinutes: prepMinutes };
}

function doneAtOf({ doneAt }: { readonly doneAt?: string | undefined }): { doneAt?: number } {
  return doneAt === undefined ? {} : { doneAt: Date.parse(doneAt) };
}

const noVenue = refuse("not-found", "No such venue.");
