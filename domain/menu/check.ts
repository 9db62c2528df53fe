import type { MenuDocument } from "../../contracts/menu.ts";
import { refuse, type Refusal } from "../../contracts/problem.ts";
import { Cursor } from "./cursor.ts";
import { FaultLog } from "./fault-log.ts";
import { readComanda } from "./import-comanda.ts";
import { settle } from "./settle.ts";

/**
 * Why a menu of the right shape cannot be published as it stands, with pointers into it; null where it can. The rules are
 * those of the import: what an import would refuse or mend is wrong here.
 */
export function check(document: MenuDocument): Refusal | null {
  const log = new FaultLog();
  const draft = readComanda(new Cursor(document), {}, log);
  if (draft !== null) settle(draft, log);
  const faults = log.faults.filter(({ severity }) => severity !== "noted");
  if (faults.length === 0) return null;
  const errors = faults.map(({ path, detail }) => ({ pointer: path, detail }));
  return refuse("invalid-value", "The menu cannot be sold as it stands.", errors);
}
