import { describe, expect, it } from "vitest";
import { CarrierId, Channel, DriverId, MenuKey, TenantId, VenueId, ZoneId } from "./ids.ts";
import { StockKey } from "./menu.ts";

describe("an id that people choose", () => {
  it("is no name that every object has already", () => {
    const lookedUp = { CarrierId, Channel, DriverId, MenuKey, StockKey, TenantId, VenueId, ZoneId };
    for (const [what, schema] of Object.entries(lookedUp)) {
      for (const id of Object.getOwnPropertyNames(Object.prototype))
        expect({ what, id, fits: schema.safeParse(id).success }).toEqual({ what, id, fits: false });
      expect(schema.safeParse("constructor-2").success, what).toBe(true);
    }
  });
});
