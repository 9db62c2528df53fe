import type { MenuFault } from "../../contracts/menu.ts";

/** Collects the faults of one import, in the order they were met. */
export class FaultLog {
  readonly faults: MenuFault[] = [];

  refused(path: string, code: string, detail: string, action: string): void {
    this.faults.push({ path, code, severity: "refused", detail, action });
  }

  mended(path: string, code: string, detail: string, action: string): void {
    this.faults.push({ path, code, severity: "mended", detail, action });
  }

  noted(path: string, code: string, detail: string, action: string): void {
    this.faults.push({ path, code, severity: "noted", detail, action });
  }
}
