import type { Recorded } from "../../contracts/rules.ts";
import type { DriverEvent, DriverState } from "./driver.ts";

export function evolve(state: DriverState, event: Recorded<DriverEvent>): DriverState {
  switch (event.type) {
    case "shift-began": {
      const { zone, address, name, vehicle, point, at } = event;
      const position = point === null ? state.position : { point, at };
      const since = state.shift.status === "on" && state.shift.zone === zone ? state.shift.since : at;
      return { ...state, shift: { status: "on", zone, address, name, vehicle, since }, position, heardAt: at };
    }
    case "shift-ended": {
      if (state.shift.status === "off") return state;
      const { zone, name, vehicle } = state.shift;
      return { ...state, shift: { status: "off", last: { zone, name, vehicle } }, position: null };
    }
    case "offered":
      return { ...state, offer: event.offer };
    case "offer-ended":
      return { ...state, offer: null };
    case "task-given": {
      const { task } = event;
      const offer = state.offer?.order === task.order ? null : state.offer;
      return { ...state, offer, tasks: { ...state.tasks, [task.order]: task } };
    }
    case "task-changed": {
      const { order, stage, readyAt, ready, dropoffAt } = event;
      const task = state.tasks[order];
      if (task !== undefined) {
        return { ...state, tasks: { ...state.tasks, [order]: { ...task, stage, readyAt, ready, dropoffAt } } };
      }
      return state.offer === null ? state : { ...state, offer: { ...state.offer, readyAt, ready } };
    }
    case "task-ended": {
      const { [event.order]: _, ...tasks } = state.tasks;
      return { ...state, tasks };
    }
  }
}
