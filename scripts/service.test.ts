import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { endLeftovers, recordServices } from "./leftovers.ts";
import { groupGone, type Service, startService } from "./service.ts";

describe("a service", () => {
  let folder: string;
  let service: Service;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "comanda-service-"));
    const command = ["sh", "-c", "echo begun; sleep 60 & sleep 60"];
    service = startService("sleeper", command, { logFile: join(folder, "log"), env: process.env });
    await vi.waitUntil(() => service.tail() === "begun");
  });

  afterEach(async () => {
    await service.kill9();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is gone with all that it started once it is stopped", async () => {
    expect(service.running()).toBe(true);
    await service.stop();
    expect(service.running()).toBe(false);
    expect(await groupGone(service.pid, 0)).toBe(true);
    expect(await service.ended).toBe("was ended by SIGTERM");
  });

  it("is gone with all that it started once it crashed", async () => {
    await service.kill9();
    expect(await groupGone(service.pid, 0)).toBe(true);
    expect(await service.ended).toBe("was ended by SIGKILL");
  });

  it("is ended by the next start when its starter died without stopping it", async () => {
    recordServices(folder, [service], { pid: service.pid, startedAt: 0 });
    await endLeftovers(folder);
    expect(await groupGone(service.pid, 0)).toBe(true);
  });

  it("is left alone while its starter lives", async () => {
    recordServices(folder, [service], service);
    await expect(endLeftovers(folder)).rejects.toThrow("already runs");
    expect(service.running()).toBe(true);
  });
});
