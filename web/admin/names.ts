import { askAll, useAnswer } from "./asked.ts";
import { deviceRoutes } from "./device-routes.ts";
import { holder } from "./sign-in.ts";
import { clientRoutes } from "./staff-routes.ts";

/** What a person, program or device is called, by its id; null where it is not known, or not any more. */
export type NameOf = (id: string) => string | null;

/** Whom the ids of a log mean. Staff know the devices only: who may sign in is an admin's to see. */
export function useNames(): NameOf {
  const clients = useAnswer(holder.value?.role === "admin" ? "clients" : null, () => askAll(clientRoutes.list));
  const devices = useAnswer("devices", () => askAll(deviceRoutes.list));
  const names = new Map<string, string>();
  for (const { id, subject, name } of [...(devices.value ?? []), ...(clients.value ?? [])]) {
    names.set(id, name);
    names.set(subject, name);
  }
  return (id) => names.get(id) ?? null;
}
