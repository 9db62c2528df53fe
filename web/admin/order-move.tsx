import { useState } from "preact/hooks";
import { channelRoutes } from "../../contracts/channel-routes.ts";
import { deliveryRoutes } from "../../contracts/delivery-routes.ts";
import type { OrderView } from "../../contracts/order.ts";
import type { VenueSettings } from "../../contracts/venue.ts";
import { inside } from "../shared/format.ts";
import { intend } from "../shared/intent.ts";
import { Sheet } from "../shared/sheet.tsx";
import { useAsked } from "./asked.ts";
import { channelName } from "./carriers-channels.tsx";
import { useDeed } from "./deed.ts";
import { pageWords } from "./order-page-words.ts";
import { session } from "./sign-in.ts";
import { Failed, Loading } from "./states.tsx";

interface MoveProps {
  readonly order: OrderView;
  readonly settings: VenueSettings;
  onClose(): void;
}

/** Gives the delivery to one of the drivers on shift, or has it brought another way. */
export function OrderMove({ order, settings, onClose }: MoveProps) {
  const [chosen, setChosen] = useState("");
  const deed = useDeed();
  const t = pageWords.value;
  const drivers = useAsked(deliveryRoutes.zoneDrivers, { params: { zone: settings.zone } });
  const delivery = useAsked(deliveryRoutes.delivery, { params: { id: order.id } });
  const channels = useAsked(channelRoutes.list, { query: { zone: settings.zone } });
  const names = new Map(channels.value?.channels.map((one) => [one.channel, channelName(one)]));
  const nameOf = (channel: string) => (channel === "own" ? t.ownDrivers : (names.get(channel) ?? channel));
  const movingTo = delivery.value?.audience === "staff" ? delivery.value.movingTo : undefined;
  const now = order.delivery?.driver?.id ?? "";
  const carriers = (settings.channels ?? []).filter((channel) => channel !== "own");
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const [kind = "", to = ""] = chosen.split(" ");
    if (to === "") return;
    const params = { id: order.id };
    const done = await deed.run(() =>
      kind === "driver"
        ? intend(session, deliveryRoutes.assign, { params, body: { driver: to } })
        : intend(session, deliveryRoutes.move, { params, body: { channel: to } }),
    );
    if (done !== null) onClose();
  };
  // A name must not jump in where its id has stood.
  const isAsking =
    drivers.value === null ? drivers.problem === null : channels.value === null && channels.problem === null;
  const choice = (value: string, label: string, isNow: boolean) => (
    <label key={value} class="choice">
      <input
        type="radio"
        name="bringer"
        checked={chosen === value}
        disabled={isNow}
        onChange={() => setChosen(value)}
      />
      <span dir="auto">{label}</span>
      {isNow ? <span class="small quiet">{t.bringsNow}</span> : null}
    </label>
  );
  return (
    <Sheet titleId="move-title" onClose={onClose}>
      <form class="fields" onSubmit={(event) => void submit(event)}>
        <h2 id="move-title">{t.move}</h2>
        {drivers.problem === null ? null : <Failed problem={drivers.problem} retry={drivers.again} />}
        {movingTo === undefined ? null : <p class="notice notice-wait">{t.movingTo(inside(nameOf(movingTo)))}</p>}
        {isAsking ? <Loading /> : null}
        <fieldset hidden={isAsking}>
          <legend class="for-ears">{t.move}</legend>
          {drivers.value?.drivers.map(({ id, name }) => choice(`driver ${id}`, name, id === now))}
          {drivers.value?.drivers.length === 0 ? <p class="quiet">{t.nobodyOnShift}</p> : null}
          {carriers.map((channel) =>
            choice(`channel ${channel}`, nameOf(channel), order.delivery?.carrier?.id === channel),
          )}
          {order.delivery?.carrier === undefined ? null : choice("channel own", t.ownDrivers, false)}
        </fieldset>
        {deed.problem === null ? null : <Failed problem={deed.problem} />}
        <button class={`button button-large ${deed.busy ? "button-busy" : ""}`} disabled={chosen === ""}>
          {t.moveGo}
        </button>
      </form>
    </Sheet>
  );
}
