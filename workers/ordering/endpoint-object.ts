import { isRefusal, refuse, type Refusal } from "../../contracts/problem.ts";
import type { Recorded, Rules } from "../../contracts/rules.ts";
import {
  EndpointView, type EndpointSettings, type LetterAlert, type ReportView, type WholeReport,
} from "../../contracts/webhook.ts"; // prettier-ignore
import { bodyOf } from "../../domain/endpoint/body.ts";
import { reportIn, type Endpoint } from "../../domain/endpoint/endpoint.ts";
import type { EndpointCommand, EndpointEvent, NewSecret, Outcome } from "../../domain/endpoint/events.ts";
import { endpointRules, type Attempting } from "../../domain/endpoint/rules.ts";
import { endpointView, reportsOf, reportView, wholeReport } from "../../domain/endpoint/view.ts";
import { Actor, type Answer, type Ask } from "../shared/actor.ts";
import type { Carriers } from "../shared/carriers.ts";
import type { Attempt } from "../shared/effects.ts";
import { seal, unseal } from "../shared/sealing.ts";
import { newTrace } from "../shared/trace.ts";
import type { OrderingEnv } from "./env.ts";
import { tally } from "./observe.ts";
import { newId } from "./tokens/secrets.ts";
import { callEndpoint } from "./webhook-call.ts";
import { newWebhookSecret, signatureHeaders } from "./webhook-signature.ts";

const noSuchEndpoint = refuse("not-found", "No such endpoint.");
const noSuchReport = refuse("not-found", "No such report.");

/** One webhook endpoint of a tenant: what it is still to be told, how it took what it was told, its breaker. */
export class EndpointObject extends Actor<OrderingEnv, Endpoint, EndpointCommand, EndpointEvent> {
  protected readonly kind = "endpoint";
  protected readonly layout = { collections: ["streams"] as const };
  protected override readonly retain = 5_000;
  private ruleset: Rules<Endpoint, EndpointCommand, EndpointEvent> | undefined;

  protected get rules(): Rules<Endpoint, EndpointCommand, EndpointEvent> {
    this.ruleset ??= endpointRules(this.self);
    return this.ruleset;
  }

  view(): EndpointView | Refusal {
    return endpointView(this.state, this.id) ?? noSuchEndpoint;
  }

  /** Makes the endpoint; its answer shows the secret, which the object itself keeps sealed only. */
  create(settings: EndpointSettings, venues: readonly string[], ask: Ask): Answer | Refusal {
    return this.withSecret((secret) => this.show({ type: "create", settings, venues, secret }, ask));
  }

  rotate(overlapMs: number, ask: Ask): Answer | Refusal {
    return this.withSecret((secret) => this.show({ type: "rotate", secret, overlapMs }, ask));
  }

  change(settings: EndpointSettings, venues: readonly string[], ask: Ask): Answer | Refusal {
    return this.show({ type: "change", settings, venues }, ask);
  }

  /** A venue of the tenant was opened: where the endpoint is for all of them, it is for that one too. */
  cover(venue: string, ask: Ask): void {
    this.execute({ type: "cover", venue }, { ...ask, key: null, fingerprint: null }, () => ({}));
  }

  remove(ask: Ask): Answer | Refusal {
    return this.execute({ type: "delete" }, ask, () => ({}));
  }

  test(ask: Ask): Answer | Refusal {
    const id = newId("test");
    return this.execute({ type: "test", id }, ask, (endpoint) => reported(endpoint, id) ?? {});
  }

  /** Tells of a dead letter, once for each `id`. */
  alert(id: string, alert: LetterAlert): void {
    const ask = { by: "dead-letters", key: null, fingerprint: null, traceparent: newTrace() };
    this.execute({ type: "alert", id, alert }, ask, () => ({}));
  }

  replay(report: string, ask: Ask): Answer | Refusal {
    return this.execute({ type: "replay", report }, ask, (endpoint) => reported(endpoint, report) ?? {});
  }

  replayRange(range: Omit<Extract<EndpointCommand, { type: "replay-range" }>, "type">, ask: Ask): Answer | Refusal {
    const rounds = roundsIn(this.state);
    return this.execute({ type: "replay-range", ...range }, ask, (endpoint) => ({
      replayed: roundsIn(endpoint) - rounds,
    }));
  }

  reports(query: Parameters<typeof reportsOf>[1]): ReportView[] | Refusal {
    return this.state.settings === null ? noSuchEndpoint : reportsOf(this.state, query);
  }

  report(id: string): WholeReport | Refusal {
    const found = reportIn(this.state, id);
    return found === null ? noSuchReport : wholeReport({ tenant: this.tenant, id: this.id }, found.report);
  }

  protected override async perform(_kind: string, request: Attempting): Promise<Attempt<EndpointCommand>> {
    const startedAt = Date.now();
    const outcome = await this.attempt(request, startedAt);
    return { done: { type: "outcome", ...request, startedAt, durationMs: Date.now() - startedAt, outcome } };
  }

  protected override breakers() {
    const { settings, disabled, breaker } = this.state;
    return settings === null || disabled !== null ? [] : [breaker.state];
  }

  protected carriers(): Carriers {
    const { ORDERING_INBOX: ordering, ORDER: order, VENUE: venue, DB: db } = this.env;
    return { queues: { ordering }, objects: { order, venue }, counts: { tally, db } };
  }

  protected liveMessage(event: Recorded<EndpointEvent>): object {
    return { type: "event", seq: event.seq, event: event.type };
  }

  private async attempt({ report: id }: Attempting, now: number): Promise<Outcome> {
    const { settings, secrets } = this.state;
    const found = reportIn(this.state, id);
    if (settings === null || found === null) return { error: "deleted meanwhile" };
    const signing = secrets.filter(({ until }) => until === null || until > now).map((secret) => this.opened(secret));
    const known = signing.filter((secret) => secret !== null);
    if (known.length === 0) return { error: "no secret can be opened: was KEY_ENCRYPTION_SECRET changed?" };
    const body = bodyOf({ tenant: this.tenant, id: this.id }, found.report);
    const loopback = this.env.WEBHOOK_LOOPBACK === "allowed";
    return callEndpoint(settings.url, signatureHeaders(id, now, body, known), body, loopback);
  }

  private show(command: EndpointCommand, ask: Ask): Answer | Refusal {
    return this.execute(command, ask, (endpoint) => endpointView(endpoint, this.id) ?? {});
  }

  /**
   * What is kept under the Idempotency-Key holds the secret's id only; the secret itself is added to what is sent, to a
   * repetition too, as long as that secret signs.
   */
  private withSecret(make: (secret: NewSecret) => Answer | Refusal): Answer | Refusal {
    const plain = newWebhookSecret();
    const id = newId("sec");
    const made = make({ id, sealed: seal(this.env.KEY_ENCRYPTION_SECRET, "webhook secrets", this.placeOf(id), plain) });
    if (isRefusal(made)) return made;
    const shown = EndpointView.parse(JSON.parse(made.body));
    const newest = this.state.secrets.find((secret) => secret.id === shown.secrets[0]?.id);
    const secret = newest === undefined ? null : this.opened(newest);
    if (secret === null) return refuse("conflict", "This was done, but the secret it made is used no more.");
    return { ...made, body: JSON.stringify({ ...shown, secret }) };
  }

  private opened({ id, sealed }: NewSecret): string | null {
    return unseal(this.env.KEY_ENCRYPTION_SECRET, "webhook secrets", this.placeOf(id), sealed);
  }

  /** What is sealed for one endpoint cannot be opened at another. */
  private placeOf(secret: string): string {
    return `${this.self}/${secret}`;
  }
}

function reported(endpoint: Endpoint, id: string): ReportView | null {
  const found = reportIn(endpoint, id);
  return found === null ? null : reportView(found.report);
}

function roundsIn({ streams }: Endpoint): number {
  return Object.values(streams).reduce(
    (sum, { reports }) => sum + reports.reduce((all, { round }) => all + round, 0),
    0,
  );
}
