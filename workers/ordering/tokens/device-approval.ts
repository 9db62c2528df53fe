import { z } from "zod";
import { DriverId, VenueId } from "../../../contracts/ids.ts";
import { refuse, type Refusal } from "../../../contracts/problem.ts";
import type { Principal } from "../../../contracts/principal.ts";
import type { DeviceKind, devices } from "../tables/tokens.ts";
import { beyondReach } from "./reach.ts";
import { DisplayName } from "./client-registry.ts";
import { newId } from "./secrets.ts";
import { newSession, type Session } from "./sessions.ts";

export const Approval = z
  .strictObject({
    user_code: z.string().min(1).max(32),
    name: DisplayName,
    venues: z.array(VenueId).min(1).max(50).nullable().default(null),
    station: DisplayName.nullable().default(null).meta({ description: "Tablets only, for example `grill`." }),
    driver: DriverId.optional().meta({ description: "Drivers only: who carries the phone; a new driver if left out." }),
  })
  .meta({ id: "DeviceApproval" });
export type Approval = z.infer<typeof Approval>;

const deviceLifetime = 90 * 24 * 3_600_000;

/**
 * The device and the session an approval makes. A tablet speaks for itself at the venues it is for, a driver's phone
 * for the driver; neither for whoever approved it.
 */
export function pairingOf(
  principal: Principal,
  kind: DeviceKind,
  approval: Approval,
  now: number,
): { device: typeof devices.$inferSelect; session: Session } | Refusal {
  const refusal = mayPair(principal, kind, approval);
  if (refusal !== null) return refusal;
  const id = newId("dev");
  const subject = kind === "tablet" ? id : (approval.driver ?? newId("driver"));
  const role = kind === "tablet" ? "staff" : "driver";
  const { tenant } = principal;
  const { name, station, venues } = approval;
  const session = newSession({ tenant, subject, role, venues }, deviceLifetime, now);
  const createdBy = principal.subject;
  const device = { id, tenant, kind, name, station, venues, subject, session: session.id, createdBy, createdAt: now };
  return { device, session };
}

function mayPair(principal: Principal, kind: DeviceKind, approval: Approval): Refusal | null {
  switch (kind) {
    case "tablet":
      if (approval.driver !== undefined) return misplaced("/driver", "The code is a tablet's.");
      if (approval.venues === null) return misplaced("/venues", "A tablet takes the venues it is for.");
      return beyondReach(principal, approval.venues);
    case "driver":
      if (principal.role !== "admin") return refuse("forbidden", "Only an admin lets drivers in.");
      if (approval.station !== null) return misplaced("/station", "The code is a driver's.");
      return beyondReach(principal, approval.venues);
  }
}

function misplaced(pointer: string, detail: string): Refusal {
  return refuse("invalid-value", "See errors.", [{ pointer, detail }]);
}
