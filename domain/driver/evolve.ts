import type { Recorded } from "../../contracts/rules.ts";
import type { DriverEvent, DriverState, Offer, Task } from "./driver.ts";

/** The order is over: its customer is not called any more. */
function uncalled(task: Task): Task {
  const { phone: _, ...dropoff } = task.dropoff;
  return { ...task, dropoff };
}

function unsuggested({ suggestion: _, ...state }: DriverState): DriverState {
  return state;
}

/** So many of another zone's are remembered. */
const mostElsewhere = 20;

function remembering(state: DriverState, over: Offer | Task | null): DriverState {
  const { shift, elsewhere = [] } = state;
  if (over === null || (shift.status === "on" && over.from === shift.address)) return state;
  const { order, from } = over;
  const others = elsewhere.filter((one) => one.order !== order);
  return { ...state, elsewhere: [...others, { order, from }].slice(-mostElsewhere) };
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
      return { ...remembering(state, state.offer), offer: null };
    case "task-given": {
      const { task } = event;
      const offer = state.offer?.order === task.order ? null : state.offer;
      return { ...unsuggested(state), offer, tasks: { ...state.tasks, [task.order]: task } };
    }
    case "task-changed": {
      const { order, stage, readyAt, ready, dropoffAt, eta } = event;
      const task = state.tasks[order];
      if (task !== undefined) {
        const next = { ...task, stage, readyAt, ready, dropoffAt, eta };
        return { ...state, tasks: { ...state.tasks, [order]: stage === "returning" ? uncalled(next) : next } };
      }
      return state.offer === null ? state : { ...state, offer: { ...state.offer, readyAt, ready, eta } };
    }
    case "task-ended": {
      const { [event.order]: task = null, ...tasks } = state.tasks;
      return { ...remembering(state, task), tasks };
    }
  }
}
