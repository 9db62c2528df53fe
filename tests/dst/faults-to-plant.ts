import type { Fault } from "./planted.ts";

/** Faults in every part that carries the promise; each must be found. */
export const faultsToPlant: Readonly<Record<string, Fault>> = {
  "acknowledges what it has not applied": {
    file: "workers/shared/actor.ts",
    of: "upTo: this.outbox.appliedOf(from)",
    instead: "upTo: Math.max(...(senders.get(from) ?? []).map((fact) => fact.sequence))",
  },
  "brings another key with every attempt at a payment": {
    file: "workers/shared/effects.ts",
    of: "JSON.parse(row.request), row.key)",
    instead: "JSON.parse(row.request), `${row.key}/${row.attempts}`)",
  },
  "has no deadline for a kitchen that does not answer": {
    file: "domain/order/deadlines.ts",
    of: 'return { "kitchen-silent": stage.answerBy };',
    instead: "return {};",
  },
  "does not give the stock of a cancelled order back": {
    file: "domain/order/publish.ts",
    of: '"cancelled" || event.type === "rejected" || event.type === "failed";\n    return ended && !isMade',
    instead: '"rejected" || event.type === "failed";\n    return ended && !isMade',
  },
  "asks for the capture again with every event": {
    file: "domain/order/publish.ts",
    of: "if (placed === null || payment.step === before.payment.step) return [];\n    const { total: amount, currency } = placed.bill;\n    const step = (kind: string, request: object): EffectRequest[] => [{ key: `${id}/${kind}`,",
    instead:
      'if (placed === null || (payment.step === before.payment.step && payment.step !== "capturing")) return [];\n    const { total: amount, currency } = placed.bill;\n    const step = (kind: string, request: object): EffectRequest[] => [{ key: `${id}/${kind}/${event.seq}`,',
  },
  "does not withdraw the ticket of an order that ended": {
    file: "domain/order/publish.ts",
    of: "if (!hasTicket(before)) return [];",
    instead: "if (hasTicket(before)) return [];",
  },
  "leaves a gap where a viewer resumes": {
    file: "workers/shared/actor.ts",
    of: "const events = near ? this.memory.eventsAfter(after) : [];\n    const whole = near && events.length === this.seq - after;",
    instead: "const events = near ? this.memory.eventsAfter(after + 1) : [];\n    const whole = near;",
  },
  "sells at the prices of a menu it has replaced": {
    file: "workers/ordering/venue-object.ts",
    of: "if (this.state.revision !== revision)",
    instead: "if (revision < 0)",
  },
  "puts nothing back when a reservation lapses": {
    file: "domain/venue/rules.ts",
    of: "stock: moved(venue.stock, venue.reservations[event.order]?.demand ?? [], 1),",
    instead: "stock: venue.stock,",
  },
  "places on a reservation that has run out": {
    file: "domain/order/decide.ts",
    of: "if (command.reservedUntil !== null && now > command.reservedUntil) {",
    instead: "if (command.reservedUntil !== null && now < 0) {",
  },
  "lets a reservation lapse without asking the order": {
    file: "domain/venue/rules.ts",
    of: 'return held === undefined ? [] : [{ type: "reservation-questioned", order: of, until: held.until }];',
    instead: 'return held === undefined ? [] : [{ type: "reservation-lapsed", order: of }];',
  },
  "forgets a call before its outcome is recorded": {
    file: "workers/shared/actor.ts",
    of: "    await this.effects.attempt<Command>(",
    instead: "    this.effects.settle(key);\n    await this.effects.attempt<Command>(",
  },
  "writes without a transaction": {
    file: "workers/shared/storage.ts",
    of: "return this.storage.transactionSync(() => {",
    instead: "return ((work: () => T) => work())(() => {",
  },
  "arms no alarm when it records": {
    file: "workers/shared/actor.ts",
    of: "    this.armFor(",
    instead: "    if (seq < 0) this.armFor(",
  },
  "does not notice that its alarm went off": {
    file: "workers/shared/actor.ts",
    of: "    this.timers.rang();\n",
    instead: "",
  },
  "does not call a delivery off": {
    file: "domain/order/publish.ts",
    of: "if (!ended || before.delivery === null || event.by === to) return [];",
    instead: "if (event.seq > 0) return [];",
  },
  "keeps the money of an order that ended while it was being captured": {
    file: "domain/order/evolve.ts",
    of: 'payment: { step: isUnhappy(order.stage) ? "refunding" : "captured", id: idOf(order.payment) },',
    instead: 'payment: { step: "captured", id: idOf(order.payment) },',
  },
  "does not tell the zone that food is not ready after all": {
    file: "domain/order/publish.ts",
    of: 'if (event.type === "promised" || event.type === "recalled") {',
    instead: 'if (event.type === "promised") {',
  },
  "believes every line of the read model, however old": {
    file: "workers/ordering/outlet.ts",
    of: ", setWhere: sql`excluded.seq > ${orders.seq}`",
    instead: "",
  },
  "acknowledges lines that were not written": {
    file: "workers/ordering/outlet.ts",
    of: "for (const envelope of written.splice(0)) troubles.set(envelope.id, trouble);",
    instead: "for (const envelope of written) troubles.set(envelope.id, trouble);",
  },
  "only remembers what was acknowledged, and is forgotten before it writes it down": {
    file: "workers/shared/outbox.ts",
    of: "next - now > rememberedMs",
    instead: "next < 0",
  },
  "does not close dead letters": {
    file: "workers/shared/dead-letters.ts",
    of: "if (old.length === 0) return;",
    instead: "if (old.length >= 0) return;",
  },
  "keeps no answers": {
    file: "workers/shared/answers.ts",
    of: "if (ask.key === null) return;",
    instead: "if (ask.key !== null) return;",
  },
  "does not tell the driver that the offer has run out": {
    file: "domain/delivery/publish.ts",
    of: 'return [{ type: "driver.offer-ended", to: to(event.driver.id), data: { order, reason: "expired" } }];',
    instead: "return [];",
  },
  "hands over for any PIN": {
    file: "domain/delivery/pin.ts",
    of: "if (given === job.pin) return",
    instead: "if (given !== null) return",
  },
  "lets a customer cancel what is cooked": {
    file: "domain/order/decide.ts",
    of: "if (until === null || now > until) {",
    instead: "if (until !== null && now > until) {",
  },
  "does not tell the order that its ticket was seen": {
    file: "domain/ticket/board.ts",
    of: 'return [{ to, type: "ticket.seen", data: { seenAt: event.at, device: by } }];',
    instead: "return [];",
  },
  "does not tell the kitchen when another driver comes": {
    file: "domain/order/publish.ts",
    of: '      case "driver-unassigned":\n      case "driver-arrived":',
    instead: '      case "driver-unassigned":\n        return [];\n      case "driver-arrived":',
  },
  "takes a fact for new that it has had": {
    file: "workers/shared/link.ts",
    of: "if (item.sequence > applied) waiting.set(item.sequence, item);",
    instead: "if (item.sequence >= applied) waiting.set(item.sequence, item);",
  },
  "thinks a fact handled whose handling threw": {
    file: "workers/shared/outbox.ts",
    of: "        this.drop(envelope);\n",
    instead: "        this.storage.write(() => this.markApplied(envelope, Date.now()));\n",
  },
};
