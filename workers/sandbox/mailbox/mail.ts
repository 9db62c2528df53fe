import { z } from "zod";
import { TenantId } from "../../../contracts/ids.ts";

/** Body of `POST /mail`: one mail to one address, on behalf of a tenant. */
export const Mail = z.strictObject({
  tenant: TenantId,
  to: z.email().max(254),
  subject: z.string().min(1).max(998),
  text: z.string().min(1).max(200_000),
  html: z.string().max(200_000).optional(),
});
export type Mail = z.infer<typeof Mail>;

/** A mail as it lies in the mailbox; `at` is RFC 3339. */
export interface StoredMail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly at: string;
}
