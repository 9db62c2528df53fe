import type { MenuFault } from "../../contracts/menu.ts";

/** Collects the faults of one import, in the order they were met, each once: what is read twice is faulty once. */
export class FaultLog {
  readonly faults: MenuFault[] = [];
  readonly #said = new Set<string>();

  refused(path: string, code: string, detail: string, action: string): void {
    this.#add({ path, code, severity: "refused", detail, action });
  }

  mended(path: string, code: string, detail: string, action: string): void {
    this.#add({ path, code, severity: "mended", detail, action });
  }

  noted(path: string, code: string, detail: string, action: string): void {
    this.#add({ path, code, severity: "noted", detail, action });
  }

  #add(fault: MenuFault): void {
    const said = JSON.stringify(Object.values(fault));
    if (this.#said.has(said)) return;
    this.#said.add(said);
    this.faults.push(fault);
  }
}
