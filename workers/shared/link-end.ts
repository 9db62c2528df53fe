import { DurableObject } from "cloudflare:workers";
import { addressOf, parseAddress, type ActorKind, type Address } from "../../contracts/address.ts";
import type { Owed, Standing } from "../../contracts/desk.ts";
import { Outbox } from "./outbox.ts";
import { ActorStorage } from "./storage.ts";

/** An object that has an address, a memory, and its end of every stream from and to it. */
export abstract class LinkEnd<Env> extends DurableObject<Env> {
  protected abstract readonly kind: ActorKind;
  protected readonly memory: ActorStorage;
  private link: Outbox | undefined;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.memory = new ActorStorage(ctx.storage);
  }

  protected get self(): Address {
    const name = this.ctx.id.name;
    if (name === undefined) throw new Error("an actor is reached by its name only");
    const [tenant = "", id = ""] = name.split("/");
    return addressOf(this.kind, tenant, id);
  }

  protected get tenant(): string {
    return parseAddress(this.self).tenant;
  }

  protected get id(): string {
    return parseAddress(this.self).id;
  }

  /** The object's name for the log; unlike `self` it never throws. */
  protected get name(): string {
    return this.ctx.id.name ?? this.ctx.id.toString();
  }

  protected get outbox(): Outbox {
    this.link ??= new Outbox(this.memory, this.self);
    return this.link;
  }

  /** How far the stream of a sender has come here. */
  standing(from: Address): Standing {
    return this.outbox.standing(from);
  }

  /** What was told to a receiver of which nothing was heard. */
  owed(to: Address): Owed {
    return this.outbox.owed(to);
  }
}
