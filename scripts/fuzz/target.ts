import { benchWorld, shares } from "../bench/bench-world.ts";
import { Api } from "../client/api.ts";
import { Tokens } from "../client/tokens.ts";
import type { Credentials } from "../credentials.ts";
import { wantedOf } from "../simulate/coming.ts";
import { randomFrom } from "../simulate/random.ts";
import type { Asker } from "./requests.ts";
import type { Target } from "./run.ts";

/** The demo tenant's first venue as it is sold from now, and new tokens of somebody of every role at each call. */
export async function demoTarget(credentials: Credentials): Promise<() => Promise<Target>> {
  const { baseUrl, tenant } = credentials;
  const { world, shops } = await benchWorld(credentials);
  world.api.close();
  const [shop] = shops;
  const wanted =
    shop === undefined ? null : wantedOf({ at: 0, shop, fulfilment: "pickup" }, randomFrom("fuzz"), shares, true);
  if (shop === undefined || wanted === null) throw new Error("The demo tenant sells nothing.");
  const lines = [...wanted.lines];
  return async () => ({ baseUrl, tenant, venue: shop.id, lines, askers: await everybody(credentials) });
}

/** Their tokens hold for ten minutes. */
async function everybody({ baseUrl, tenant, clients, operator }: Credentials): Promise<Target["askers"]> {
  const api = new Api(baseUrl);
  const asker = async (name: string, tokens: Tokens): Promise<Asker> => ({
    name,
    authorization: await tokens.authorization(),
  });
  const [guest, admin, tablet, phone, provider] = await Promise.all([
    asker("customer", Tokens.ofGuest(api, tenant)),
    asker("admin", Tokens.ofClient(api, clients.admin)),
    asker("staff", Tokens.ofClient(api, clients.staff)),
    asker("driver", Tokens.ofClient(api, clients.driver)),
    asker("service", Tokens.ofClient(api, clients.provider)),
  ]);
  api.close();
  const basic = `Basic ${Buffer.from(`${operator.id}:${operator.secret}`).toString("base64")}`;
  return {
    guest,
    admin,
    tablet,
    phone,
    provider,
    operator: { name: "operator", authorization: basic },
    nobody: { name: "nobody", authorization: null },
    garbage: { name: "garbage", authorization: "Bearer not.a.token" },
  };
}
