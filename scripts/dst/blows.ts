import { initialOf } from "./records.ts";
import { services } from "./services.ts";
import type { Town } from "./town.ts";
import type { Blow } from "./weather.ts";

/** Lets a blow fall on the town. */
export function strike(town: Town, blow: Blow): void {
  const { story, cloud, clock, isolates, queues, provider, db, unhandled } = town;
  const { type, ...more } = blow;
  story.tell(`✗✗ ${type} ${Object.values(more).join(" ")}`);
  switch (blow.type) {
    case "kill":
      cloud.strike("everything killed");
      cloud.restart(Object.values(services).flat());
      isolates.clear();
      for (const queue of Object.values(queues)) queue.drop();
      return;
    case "deploy":
      cloud.strike(blow.overOld ? "deployment over old state" : "deployment");
      cloud.restart(services[blow.service]);
      isolates.delete(blow.service);
      if (blow.overOld) ageState(town, services[blow.service]);
      return;
    case "drop-queue":
      return queues[blow.queue]?.dropWhenUsed();
    case "bad-deploy": {
      const name = `${blow.kind} ${blow.fact}`;
      unhandled.add(name);
      return clock.in(blow.ms, () => unhandled.delete(name));
    }
    case "provider-down":
      provider.isDown = true;
      return clock.in(blow.ms, () => (provider.isDown = false));
    case "carrier-down":
      for (const carrier of blow.carriers) town.post.down.set(carrier, clock.now);
      return clock.in(blow.ms, () => town.post.down.clear());
    case "webhook-down":
      town.listener.isDown = true;
      return clock.in(blow.ms, () => (town.listener.isDown = false));
    case "pushes-down":
      town.pushes.isDown = true;
      return clock.in(blow.ms, () => (town.pushes.isDown = false));
    case "database-down":
      db.isDown = true;
      return clock.in(blow.ms, () => (db.isDown = false));
    case "offline":
      cloud.strike(`${blow.who} offline`);
      for (const take of town.takeOffline[blow.who]) take(blow.ms);
      return;
  }
}

/** Has objects' states stand as a version wrote them that had not thought of what is still as at first. */
function ageState({ cloud }: Town, kinds: readonly string[]): void {
  for (const place of cloud.places.values()) {
    if (!kinds.includes(place.namespace)) continue;
    const initial = new Map(Object.entries(initialOf(place)));
    place.disk.rewriteState((fields) =>
      Object.fromEntries(
        Object.entries(fields).filter(([name, is]) => JSON.stringify(is) !== JSON.stringify(initial.get(name))),
      ),
    );
  }
}
