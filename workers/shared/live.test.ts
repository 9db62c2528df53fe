import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { closeCodes, LiveSockets, readMessage, type Viewer } from "./live.ts";
import { ObjectState } from "./testing/object-state.ts";

const now = 1_000_000;
const ann: Viewer = { subject: "ann", role: "staff", expiresAt: now + 1, topic: "board" };
let state: ObjectState;
let sockets: LiveSockets;

beforeEach(() => {
  vi.spyOn(console, "error").mockReturnValue();
  state = new ObjectState("t/a");
  sockets = new LiveSockets(state.asState);
});
afterEach(() => void vi.restoreAllMocks());

describe("the sockets of an object", () => {
  it("tell each viewer what its role may see, and write it once for all who see the same", () => {
    const [first, second, guest] = [
      state.watch(ann),
      state.watch({ ...ann, subject: "bob" }),
      state.watch({ ...ann, role: "customer" }),
    ];
    const messagesFor = vi.fn<(viewer: Viewer) => object[]>(({ role }) =>
      role === "staff" ? [{ seq: 1 }, { seq: 2 }] : [],
    );
    sockets.broadcast(messagesFor, now);
    expect([first.sent, second.sent, guest.sent]).toEqual([['{"seq":1}', '{"seq":2}'], ['{"seq":1}', '{"seq":2}'], []]);
    expect(messagesFor).toHaveBeenCalledTimes(2);
  });

  it("tell only the followers of a topic where there is one", () => {
    const [board, order] = [state.watch(ann), state.watch({ ...ann, topic: "ord_1" })];
    sockets.broadcast(() => [{ seq: 1 }], now, "ord_1");
    expect([board.sent, order.sent]).toEqual([[], ['{"seq":1}']]);
  });

  it("are closed when their token has expired", () => {
    const socket = state.watch(ann);
    sockets.broadcast(() => [{ seq: 1 }], now + 1);
    expect(socket).toMatchObject({ sent: [], closed: { code: closeCodes.expired } });
  });

  it("are closed where they are of a subject of whom a token was revoked, and no others", () => {
    const [tablet, phone, guest] = [
      state.watch(ann),
      state.watch({ ...ann, topic: "ord_1" }),
      state.watch({ ...ann, subject: "bob" }),
    ];
    sockets.dismiss("ann");
    expect([tablet.closed?.code, phone.closed?.code, guest.closed]).toEqual([4401, 4401, undefined]);
  });

  it("are closed with a code to resume where a viewer is told much and never heard", () => {
    const [slow, pinging] = [state.watch({ ...ann, expiresAt: now * 2 }), state.watch({ ...ann, expiresAt: now * 2 })];
    const text = "x".repeat(1024 * 1024);
    for (let minute = 0; minute < 10; minute += 1) {
      pinging.pingedAt = now + minute * 60_000;
      sockets.broadcast(() => [{ text }], now + minute * 60_000);
    }
    expect(slow).toMatchObject({ closed: { code: closeCodes.tooSlow } });
    expect(slow.sent.length).toBeLessThan(5);
    expect(pinging).toMatchObject({ closed: undefined, sent: { length: 10 } });
  });

  it("never make the sender fail: who cannot be told is sent away, the others are told", () => {
    const [odd, gone, good] = [state.watch({ ...ann, role: "driver" }), state.watch(ann), state.watch(ann)];
    gone.send = () => {
      throw new TypeError("closed");
    };
    sockets.broadcast((viewer) => {
      if (viewer.role === "driver") throw new Error("a bug in the view");
      return [{ seq: 1 }];
    }, now);
    expect(odd.closed).toMatchObject({ code: 1011 });
    expect(good.sent).toEqual(['{"seq":1}']);
  });
});

describe("a message up a socket", () => {
  const Seen = z.object({ type: z.literal("seen"), orders: z.array(z.string()) });
  const read = (raw: string | ArrayBuffer): { read: unknown; told: string[] } => {
    const socket = state.watch(ann);
    return { read: readMessage(socket as unknown as WebSocket, raw, Seen), told: socket.sent };
  };

  it("is read by its schema", () => {
    expect(read('{"type":"seen","orders":["ord_1"]}')).toEqual({ read: { type: "seen", orders: ["ord_1"] }, told: [] });
  });

  it("counts as a sign of life", () => {
    const socket = state.watch({ ...ann, expiresAt: now * 2 });
    const text = "x".repeat(1024 * 1024);
    for (let minute = 0; minute < 10; minute += 1) {
      sockets.broadcast(() => [{ text }], now + minute * 60_000);
      readMessage(socket as unknown as WebSocket, '{"type":"seen","orders":[]}', Seen);
    }
    expect(socket.closed).toBeUndefined();
  });

  it("of whoever sends hundreds a second closes the socket", () => {
    const socket = state.watch(ann);
    for (let sent = 0; sent < 300; sent += 1) readMessage(socket as unknown as WebSocket, "{", Seen);
    expect(socket).toMatchObject({ closed: { code: closeCodes.tooMany }, sent: { length: 200 } });
  });

  it("is answered with a problem that points at what was wrong", () => {
    const wrong = { "{": "", '{"type":"seen","orders":[1]}': "/orders/0", [`"${"x".repeat(17_000)}"`]: "" };
    for (const [raw, pointer] of Object.entries(wrong)) {
      const { read: nothing, told } = read(raw);
      expect(nothing).toBeNull();
      expect(JSON.parse(told[0] ?? "{}")).toMatchObject({
        type: "problem",
        problem: { status: 400, errors: [{ pointer }] },
      });
    }
    expect(read(new ArrayBuffer(2)).read).toBeNull();
  });
});
