import { z } from "zod";
import { Driver } from "./driver.ts";
import { Kitchen } from "./kitchen.ts";
import { Tokens } from "../client/tokens.ts";
import { randomFrom } from "./random.ts";
import type { Shop } from "./shop.ts";
import { describe, type World } from "./world.ts";

const NewClient = z.object({ id: z.string(), secret: z.string() });

/** The kitchens and drivers of a run, with API clients of their own that go when it is over. */
export interface Crew {
  readonly kitchens: readonly Kitchen[];
  readonly drivers: readonly Driver[];
  goHome(): Promise<void>;
}

/** Opens the kitchens of the shops and brings so many drivers on shift in their zones. */
export async function hireCrew(world: World, shops: readonly Shop[], driverCount: number, seed: string): Promise<Crew> {
  const clients: string[] = [];
  const hire = async (body: { name: string; role: "staff" | "driver"; venues?: string[] }): Promise<Tokens> => {
    const reply = await world.api.send({
      method: "POST",
      path: "/v1/clients",
      schema: NewClient,
      as: world.admin,
      body,
    });
    if (!reply.ok) throw new Error(`No client for ${body.name}: ${describe(reply)}`);
    clients.push(reply.value.id);
    return Tokens.ofClient(world.api, reply.value);
  };
  const kitchens = await Promise.all(
    shops.map(
      async ({ id }) =>
        new Kitchen(world, id, await hire({ name: `Simulated tablet at ${id}`, role: "staff", venues: [id] })),
    ),
  );
  await Promise.all(kitchens.map((kitchen) => kitchen.opened()));

  const delivering = shops.filter(({ settings }) => settings.fulfilments.includes("delivery"));
  const drivers = await Promise.all(
    Array.from({ length: delivering.length === 0 ? 0 : driverCount }, async (_, number) => {
      const name = `Simulated driver ${number + 1}`;
      const shop = delivering[number % delivering.length];
      const { lat, lng } = shop?.point ?? { lat: 0, lng: 0 };
      const random = randomFrom(seed, "driver", number);
      const anywhere = { lat: lat + (random() - 0.5) * 0.01, lng: lng + (random() - 0.5) * 0.01 };
      const at = world.geography?.start({ lat, lng }, number) ?? anywhere;
      const driver = new Driver(world, name, await hire({ name, role: "driver" }), at);
      await driver.comeOnShift(shop?.settings.zone ?? "main");
      return driver;
    }),
  );

  return {
    kitchens,
    drivers,
    async goHome() {
      await Promise.all(drivers.map((driver) => driver.goOffShift()));
      for (const kitchen of kitchens) kitchen.close();
      const remove = (id: string) =>
        world.api.send({ method: "DELETE", path: `/v1/clients/${id}`, schema: z.unknown(), as: world.admin });
      await Promise.all(clients.map(remove));
    },
  };
}
