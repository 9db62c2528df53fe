import type { Hono } from "hono";
import { operationRoutes as routes } from "../../../contracts/operations.ts";
import type { Principal } from "../../../contracts/principal.ts";
import { isRefusal, type Refusal } from "../../../contracts/problem.ts";
import type { Ask } from "../../shared/actor.ts";
import { problemResponse } from "../../shared/problem.ts";
import { mount, type Door, type Reply } from "../../shared/routes.ts";
import { dropLetter, editLetter } from "../dead-letters/change.ts";
import { listDeadLetters } from "../dead-letters/list.ts";
import { redrive, redriveMany } from "../dead-letters/redrive.ts";
import type { Hand } from "../dead-letters/rows.ts";
import { rehearse, showDeadLetter } from "../dead-letters/show.ts";
import type { OrderingEnv } from "../env.ts";
import { once, scopeOf } from "../tokens/idempotent.ts";

/** What an admin asks about facts that could not be handled, and does about them. */
export function mountDeadLetters(app: Hono<Door<OrderingEnv>>): void {
  mount(app, routes.deadLetters, ({ env, principal, query }) => listDeadLetters(env, principal.tenant, query));
  mount(app, routes.deadLetter, ({ env, principal, params }) => showDeadLetter(env, principal.tenant, params.id));
  mount(app, routes.dryRun, ({ env, principal, params }) => rehearse(env, principal.tenant, params.id));
  mount(app, routes.editLetter, ({ env, principal, params, body }) =>
    editLetter(env, handOf(principal), params.id, body),
  );
  mount(app, routes.redrive, (call) =>
    keyed(call, () => redrive(call.env, handOf(call.principal), call.params.id), routes.redrive.status),
  );
  mount(app, routes.redriveMany, (call) =>
    keyed(call, () => redriveMany(call.env, handOf(call.principal), call.body), routes.redriveMany.status),
  );
  mount(app, routes.dropLetter, (call) =>
    keyed(
      call,
      () => dropLetter(call.env, handOf(call.principal), call.params.id, call.body.reason),
      routes.dropLetter.status,
    ),
  );
}

interface Keyed {
  readonly env: OrderingEnv;
  readonly principal: Principal;
  readonly ask: Ask;
  readonly request: Request;
}

/** Works once for each Idempotency-Key: what it answered is answered again. */
async function keyed(
  { env, principal, ask, request }: Keyed,
  work: () => Promise<object | Refusal>,
  status: number,
): Promise<Reply> {
  const { key, fingerprint, traceparent } = ask;
  if (key === null || fingerprint === null) return work();
  return once(env, { scope: scopeOf(principal), key, fingerprint }, request, async () => {
    const answer = await work();
    const headers = { "cache-control": "no-store", traceparent };
    return isRefusal(answer)
      ? problemResponse(answer, request, { traceparent })
      : Response.json(answer, { status, headers });
  });
}

function handOf({ tenant, subject }: Principal): Hand {
  return { tenant, by: subject };
}
