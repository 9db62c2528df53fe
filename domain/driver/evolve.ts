import type { Recorded } from "../../contracts/rules.ts";
import type { DriverEvent, DriverState, Task } from "./driver.ts";

/** The order is over: its customer is not called any more. */
function uncalled(task: Task): Task {
  const { phone: _, ...dropoff } = task.dropoff;
  return { ...task, dropoff };
}

function unsuggested({ suggestion: _, ...state }: DriverState): DriverState {
  return state;
}

export function evolve(state: DriverState, event: Recorded<DriverEvent>): DriverState {
  switch (event.type) {
    case "shift-began": {
      const { zone, address, name, vehicle, point, at, until } = event;
      const position = point === null ? state.position : { point, at };
      const since = state.shift.status === "on" && state.shift.zone === zone ? state.shift.since : at;
      const ends = until === undefined ? {} : { until };
      return { ...state, shift: { status: "on", zone, address, name, vehicle, since, ...ends }, position, heardAt: at };
    }
    case "shift-ended": {
      if (state.shift.status === "off") return state;
      const { zone, name, vehicle } = state.shift;
      return { ...unsuggested(state), shift: { status: "off", last: { zone, name, vehicle } }, position: null };
    }
    case "move-suggested":
      return { ...state, suggestion: event.suggestion };
    case "offered":
      return { ...unsuggested(state), offer: event.offer };
    case "offer-ended":
      return { ...state, offer: null };
    case "task-given": {
      const { task } = event;
      const offer = state.offer?.order === task.order ? null : state.offer;
      return { ...unsuggested(state), offer, tasks: { ...state.tasks, [task.order]: task } };
    }
    case "task-changed": {
      const { order, stage, readyAt, ready, dropoffAt } = event;
      const task = state.tasks[order];
      if (task !== undefined) {
        const next = { ...task, stage, readyAt, ready, dropoffAt };
        return { ...state, tasks: { ...state.tasks, [order]: stage === "returning" ? uncalled(next) : next } };
      }
      return state.offer === null ? state : { ...state, offer: { ...state.offer, readyAt, ready } };
    }
    case "task-ended": {
      const { [event.order]: _, ...tasks } = state.tasks;
      return { ...state, tasks };
    }
  }
}
