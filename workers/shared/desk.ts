import { parseAddress, type ActorKind, type Address } from "../../contracts/address.ts";
import type { Rehearsal } from "../../contracts/dead-letter.ts";
import type { Desk, Owed, Probed, Standing, Trace } from "../../contracts/desk.ts";
import type { Envelope } from "../../contracts/envelope.ts";

type Objects = Partial<Record<ActorKind, { getByName(name: string): Probed }>>;

/**
 * Answers about the actors of one service. Throws where it is asked about another's. What an object answers is copied:
 * the runtime's own result, passed on through a service's door, would have to be disposed of by whoever gets it.
 */
export class OwnDesk implements Desk {
  private readonly objects: Objects;

  constructor(objects: Objects) {
    this.objects = objects;
  }

  async rehearse(envelope: Envelope): Promise<Rehearsal> {
    return structuredClone(await this.at(envelope.to).rehearse(envelope));
  }

  async standing(of: Address, from: Address): Promise<Standing> {
    return structuredClone(await this.at(of).standing(from));
  }

  async owed(by: Address, to: Address): Promise<Owed> {
    return structuredClone(await this.at(by).owed(to));
  }

  async traceOf(of: Address, order: string): Promise<Trace> {
    return structuredClone(await this.at(of).traceOf(order));
  }

  private at(address: Address): Probed {
    const { kind, name } = parseAddress(address);
    const objects = this.objects[kind];
    if (objects === undefined) throw new Error(`${address} does not live here`);
    return objects.getByName(name);
  }
}
