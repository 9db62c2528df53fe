import type { EndpointSettings, LetterAlert } from "../../contracts/webhook.ts";
import type { Disabled, OrderReport, ReportAttempt, Secret } from "./endpoint.ts";

export type EndpointEvent =
  /** `venues`: those it is told by, all of the tenant's where the settings name none. */
  | { readonly type: "configured"; readonly settings: EndpointSettings; readonly venues: readonly string[] }
  | { readonly type: "venue-covered"; readonly venue: string }
  | { readonly type: "secret-made"; readonly secret: Secret; readonly formerUntil: number }
  | { readonly type: "secrets-expired"; readonly ids: readonly string[] }
  | { readonly type: "disabled"; readonly reason: Disabled["reason"] }
  | { readonly type: "enabled" }
  | { readonly type: "deleted" }
  /** `dueAt` null: kept as failed, for nothing is sent at present. */
  | { readonly type: "reported"; readonly data: OrderReport; readonly dueAt: number | null }
  /** Nothing that was told of the order names its customer any more. */
  | { readonly type: "customer-erased"; readonly order: string }
  | { readonly type: "test-asked"; readonly id: string }
  | { readonly type: "alerted"; readonly id: string; readonly alert: LetterAlert }
  | { readonly type: "attempt-started"; readonly report: string }
  | { readonly type: "attempt-succeeded"; readonly report: string; readonly attempt: ReportAttempt }
  /** `dueAt` null: that was the last attempt. */
  | {
      readonly type: "attempt-failed";
      readonly report: string;
      readonly attempt: ReportAttempt;
      readonly dueAt: number | null;
    }
  | { readonly type: "replayed"; readonly reports: readonly string[] }
  | { readonly type: "forgotten"; readonly streams: readonly string[] };

/** What came of an attempt: an answer, or none. `retryAfterMs` as the answer asks. */
export type Outcome =
  | { readonly status: number; readonly retryAfterMs: number | null; readonly excerpt: string }
  | { readonly error: string };

export type EndpointCommand =
  | {
      readonly type: "create";
      readonly settings: EndpointSettings;
      readonly venues: readonly string[];
      readonly secret: NewSecret;
    }
  | { readonly type: "change"; readonly settings: EndpointSettings; readonly venues: readonly string[] }
  | { readonly type: "cover"; readonly venue: string }
  | { readonly type: "rotate"; readonly secret: NewSecret; readonly overlapMs: number }
  | { readonly type: "delete" }
  | { readonly type: "report"; readonly data: OrderReport }
  | { readonly type: "test"; readonly id: string }
  | { readonly type: "alert"; readonly id: string; readonly alert: LetterAlert }
  | { readonly type: "replay"; readonly report: string }
  | {
      readonly type: "replay-range";
      readonly from: number;
      readonly until: number;
      readonly status: "failed" | "delivered" | "all";
    }
  | {
      readonly type: "outcome";
      readonly report: string;
      readonly round: number;
      readonly tries: number;
      readonly startedAt: number;
      readonly durationMs: number;
      readonly outcome: Outcome;
    }
  | { readonly type: "time-out"; readonly deadline: string };

export type NewSecret = Pick<Secret, "id" | "sealed">;
