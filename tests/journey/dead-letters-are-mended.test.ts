import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { DeadLetterDetail, DeadLetterView, Rehearsal } from "../../contracts/dead-letter.ts";
import { operationRoutes } from "../../contracts/operations.ts";
import { startHarness, type Harness } from "../harness.ts";
import { ends } from "./endings.ts";
import { Receiver } from "./receiver.ts";
import { Restaurant } from "./restaurant.ts";
import { until } from "./until.ts";

/** How long it takes a fact to die: 1 s, 2 s and 4 s between its attempts, and some for the queues. */
const deathMs = 25_000;

let harness: Harness;
const receivers: Receiver[] = [];
beforeAll(async () => {
  harness = await startHarness({ mains: { kitchen: join(import.meta.dirname, "../fixtures/choking/kitchen.ts") } });
});
afterAll(async () => {
  for (const receiver of receivers) receiver.stop();
  await harness.stop();
});

/** An admin at the dead letters of a restaurant. */
function deskOf(place: Restaurant) {
  const ask = async (method: string, path: string, body?: object) => {
    const reply = await place.ask(place.admin, method, `/v1/dead-letters${path}`, body === undefined ? {} : { body });
    return { status: reply.status, text: reply.text };
  };
  const well = async <T extends z.ZodType>(shape: T, method: string, path: string, body?: object) => {
    const reply = await ask(method, path, body);
    if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${reply.text}`);
    return shape.parse(JSON.parse(reply.text));
  };
  const list = async (query: string) =>
    (await well(operationRoutes.deadLetters.response, "GET", `?${query}`)).deadLetters;
  return {
    ask,
    list,
    show: (id: string) => well(DeadLetterDetail, "GET", `/${id}`),
    dryRun: (id: string) => well(Rehearsal, "GET", `/${id}/dry-run`),
    edit: (id: string, data: unknown, reason: string) =>
      well(DeadLetterView, "PUT", `/${id}/data`, { data: Object(data), reason }),
    redrive: (id: string) => well(DeadLetterView, "POST", `/${id}/redrive`, {}),
    redriveMany: (which: object) => well(operationRoutes.redriveMany.response, "POST", "/redrive", which),
    drop: (id: string, reason: string) => well(DeadLetterView, "POST", `/${id}/drop`, { reason }),
    /** The order's only letter, once its fact has died. */
    died: async (order: string) => {
      const [letter] = await until(
        () => list(`order=${order}`),
        (letters) => letters.length === 1,
        deathMs,
      );
      if (letter === undefined) throw new Error("no letter");
      return letter;
    },
  };
}

/** What the fact of a letter says now. */
function saidIn(letter: DeadLetterView): { note?: string; order?: string } {
  return Object(Object(letter.envelope).data);
}

test.concurrent("a poisoned fact dies after 1, 2 and 4 seconds, is rehearsed, edited and redriven, and its order is cooked", async () => {
  const place = await Restaurant.open(harness);
  const desk = deskOf(place);
  const [guest, receiver] = await Promise.all([place.guest(), Receiver.listen()]);
  receivers.push(receiver);
  const webhook = { url: receiver.url, events: ["dead-letter.appeared"] };
  expect((await place.ask(place.admin, "POST", "/v1/webhooks", { body: webhook })).status).toBe(201);
  const { id } = await place.place(guest, { note: "a bone to pick" });
  const letter = await desk.died(id);

  await harness.worker("ordering").scheduled({ cron: "* * * * *", scheduledTime: new Date() });
  const [alert] = await until(
    () => receiver.arrivals,
    (arrivals) => arrivals.length > 0,
  );
  expect(alert).toMatchObject({ event: "dead-letter.appeared", order: letter.id });
  expect(JSON.parse(alert?.raw ?? "")).toMatchObject({ data: { order: id, error: "Error: choked on a bone" } });
  expect(alert?.raw).not.toContain("to pick");
  expect(letter).toMatchObject({
    consumer: "comanda-kitchen-inbox",
    sender: `order/${place.tenant}/${id}`,
    receiver: `board/${place.tenant}/${place.venue}`,
    sequence: 1,
    type: "comanda.order.sent.v1",
    error: "Error: choked on a bone",
    state: "open",
    edited: null,
  });
  expect(letter.attempts).toBeGreaterThanOrEqual(4);
  expect(Date.parse(letter.lastAt) - Date.parse(letter.firstAt)).toBeGreaterThanOrEqual(6_500);

  expect(await desk.dryRun(letter.id)).toEqual({ outcome: "failing", error: "Error: choked on a bone" });
  const shown = await desk.show(letter.id);
  expect(shown.stream).toMatchObject({ applied: 0, blocks: [], unknown: [] });
  expect(shown.stream.retransmissions).toBeGreaterThan(0);

  const mended = { ...saidIn(letter), note: "a filleting knife" };
  const wrong = await desk.ask("PUT", `/${letter.id}/data`, { data: { ...mended, placedAt: "now" }, reason: "typo" });
  expect(wrong).toMatchObject({ status: 422, text: expect.stringContaining('"/data/placedAt"') });
  const edited = await desk.edit(letter.id, mended, "the kitchen chokes on bones");
  expect(saidIn(edited)).toEqual(saidIn(letter));
  expect(edited.edited).toEqual(mended);
  expect(await desk.dryRun(letter.id)).toMatchObject({ outcome: "applied", events: ["received"] });
  expect(await place.tickets()).toEqual([]);

  await desk.redrive(letter.id);
  expect(await place.ticket(id)).toMatchObject({ note: "a filleting knife" });
  await until(
    () => desk.list(`state=closed&order=${id}`),
    ([closed]) => closed !== undefined,
  );
  const { acts } = await desk.show(letter.id);
  expect(acts).toMatchObject([
    { act: "edited", by: place.admin.subject, reason: "the kitchen chokes on bones" },
    { act: "redriven", by: place.admin.subject },
  ]);
  expect(await desk.dryRun(letter.id)).toEqual({ outcome: "repeated", applied: 1 });
  expect(await desk.ask("POST", `/${letter.id}/drop`, { reason: "too late" })).toMatchObject({ status: 409 });
  await place.cook(id, "accept", "start", "ready", "handover");
  await ends(place, guest, id, "collected", "captured");
});

test.concurrent("a fact that is given up lets those behind it have their turn, and its order ends as it must", async () => {
  const place = await Restaurant.open(harness);
  const desk = deskOf(place);
  const guest = await place.guest();
  const { id } = await place.place(guest, { note: "a bone of contention" });
  const other = await place.place(guest);
  const letter = await desk.died(id);
  // Another order of the same kitchen was not held up by it.
  expect(await place.ticket(other.id)).toMatchObject({ order: other.id });

  await place.cancel(place.staff, id, { reason: "too-busy", detail: "the bone" });
  const blocked = await until(
    () => desk.show(letter.id),
    ({ stream }) => stream.blocks.length === 1,
  );
  expect(blocked.stream.blocks).toMatchObject([{ sequence: 2, type: "comanda.order.withdrawn.v1", order: id }]);

  const dropped = await desk.drop(letter.id, "nobody can cook this");
  expect(dropped).toMatchObject({ state: "dropped", closedAt: null });
  const over = await until(
    () => desk.show(letter.id),
    ({ stream, closedAt }) => closedAt !== null && stream.applied === 2,
    30_000,
  );
  expect(over).toMatchObject({ state: "dropped", stream: { blocks: [] } });
  expect(over.acts).toMatchObject([{ act: "dropped", by: place.admin.subject, reason: "nobody can cook this" }]);
  expect(await desk.list("state=open")).toEqual([]);
  expect((await place.tickets()).map(({ order }) => order)).toEqual([other.id]);
  await ends(place, guest, id, "cancelled", "voided");
});

test.concurrent("letters are listed by page, order and consumer, and sent again all at once or by order", async () => {
  const place = await Restaurant.open(harness);
  const desk = deskOf(place);
  const guest = await place.guest();
  const [first, second] = [await place.place(guest, { note: "bone" }), await place.place(guest, { note: "bones" })];
  const [one, two] = await Promise.all([desk.died(first.id), desk.died(second.id)]);
  const page = operationRoutes.deadLetters.response.parse(JSON.parse((await desk.ask("GET", "?limit=1")).text));
  const rest = await desk.list(`limit=1&cursor=${page.next}`);
  expect([...page.deadLetters, ...rest].map(({ id }) => id).toSorted()).toEqual([one.id, two.id].toSorted());
  expect((await desk.list("consumer=comanda-kitchen-inbox")).length).toBe(2);
  expect(await desk.list("consumer=comanda-outlet")).toEqual([]);
  for (const query of ["cursor=1", "cursor=x_y", "limit=0", "limit=many", "state=lost", "order=me"]) {
    expect(await desk.ask("GET", `?${query}`), query).toMatchObject({ status: 422 });
  }
  for (const letter of [one, two]) await desk.edit(letter.id, { ...saidIn(letter), note: "fillet" }, "no bones");
  expect(await desk.redriveMany({ order: first.id })).toEqual({ redriven: 1, next: null });
  await place.ticket(first.id);
  expect(await desk.redriveMany({})).toMatchObject({ next: null });
  await place.ticket(second.id);
  for (const order of [first, second]) {
    await place.press(order.id, "reject", { reason: "too-busy" });
    await ends(place, guest, order.id, "rejected", "voided");
  }
});

test.concurrent("the engineer on duty does all of it from the command line", async () => {
  const place = await Restaurant.open(harness);
  const desk = deskOf(place);
  const guest = await place.guest();
  const [mended, hopeless] = [await place.place(guest, { note: "bone" }), await place.place(guest, { note: "bones" })];
  const [one, two] = await Promise.all([desk.died(mended.id), desk.died(hopeless.id)]);
  const made = await place.ask(place.admin, "POST", "/v1/clients", { body: { name: "Duty", role: "admin" } });
  const { id, secret } = z.object({ id: z.string(), secret: z.string() }).parse(JSON.parse(made.text));
  const folder = mkdtempSync(join(tmpdir(), "comanda-letters-"));
  const comanda = async (...words: string[]): Promise<string> => {
    const script = join(import.meta.dirname, "../../scripts/comanda.ts");
    const whom = ["--base-url", harness.baseUrl, "--client-id", id, "--client-secret", secret];
    const { stdout } = await promisify(execFile)(process.execPath, [script, ...words, ...whom]);
    return stdout;
  };
  try {
    expect(await comanda("dead-letters", "list", "--order", mended.id)).toContain("choked on a bone");
    const shown = await comanda("dead-letters", "show", one.id);
    expect(shown).toContain(`of order ${mended.id}, open`);
    expect(shown).toContain("Nothing waits behind it.");
    expect(await comanda("dead-letters", "dry-run", one.id)).toContain('"failing"');
    expect(await comanda("order", "ledger", mended.id)).toContain(`dead letter ${one.id}: open`);
    const data = join(folder, "data.json");
    writeFileSync(data, JSON.stringify({ ...saidIn(one), note: "fillet" }));
    await comanda("dead-letters", "edit", one.id, "--data", data, "--reason", "no bones");
    expect(await comanda("dead-letters", "redrive", "--order", mended.id)).toBe("1 were sent again.\n");
    await comanda("dead-letters", "drop", two.id, "--reason", "hopeless");
    await place.ticket(mended.id);
    const said = await comanda("dead-letters", "list", "--state", "all");
    expect(said).toContain(one.id);
    expect(said).toContain(two.id);
    await expect(comanda("dead-letters", "drop", one.id)).rejects.toThrow("reason");
    await expect(comanda("dead-letters", "show", "nothing")).rejects.toMatchObject({ code: 1 });
    const log = join(folder, "log.ndjson");
    writeFileSync(log, await comanda("order", "export", mended.id));
    expect(readFileSync(log, "utf8")).toContain(`"subject":"${mended.id}"`);
    const verify = (file: string) =>
      promisify(execFile)(process.execPath, [
        join(import.meta.dirname, "../../scripts/comanda.ts"),
        "order",
        "verify",
        file,
      ]);
    expect((await verify(log)).stdout).toContain("the chain is whole");
    writeFileSync(log, readFileSync(log, "utf8").replace('"type":"placed"', '"type":"opened"'));
    await expect(verify(log)).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("log.ndjson:3: ") });
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 150_000);
