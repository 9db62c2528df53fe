import type { Address } from "../../contracts/address.ts";
import type { Settings } from "../../domain/carrier/carrier.ts";
import { seal, unseal } from "../shared/sealing.ts";

type Which = "secret" | "callbackSecret";
/** What an admin names; what is left out stays as it was. */
type Named = Partial<Record<Which, string | undefined>>;

/** A carrier's two secrets, which its object keeps sealed, for itself alone. */
export class CarrierSecrets {
  private readonly key: string;
  private readonly self: Address;

  /** `key` is KEY_ENCRYPTION_SECRET. */
  constructor(key: string, self: Address) {
    this.key = key;
    this.self = self;
  }

  /** One of them in plain; null where it was sealed under another key. */
  open(settings: Settings, which: Which): string | null {
    const kept = settings[which];
    return settings.sealed === true ? unseal(this.key, "carrier secrets", this.placeOf(which), kept) : kept;
  }

  /** The settings as they are to be kept; null where one of the secrets was neither named now nor before. */
  keep(settings: Omit<Settings, Which | "sealed">, named: Named, before: Settings | null): Settings | null {
    const secret = this.kept("secret", named, before);
    const callbackSecret = this.kept("callbackSecret", named, before);
    if (secret === null || callbackSecret === null) return null;
    return { ...settings, secret, callbackSecret, sealed: true };
  }

  /** The same secret stays sealed as it is, so that a repeated change changes nothing. */
  private kept(which: Which, named: Named, before: Settings | null): string | null {
    const known = before === null ? null : this.open(before, which);
    const given = named[which];
    // Sealed under a former key it cannot be opened, but it may be that the former key comes back.
    if (before?.sealed === true && (given === undefined || given === known)) return before[which];
    const plain = given ?? known;
    return plain === null ? null : seal(this.key, "carrier secrets", this.placeOf(which), plain);
  }

  private placeOf(which: Which): string {
    return `${this.self}/${which}`;
  }
}
