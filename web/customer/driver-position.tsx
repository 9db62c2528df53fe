import { useEffect, useState } from "preact/hooks";
import { deliveryRoutes } from "../../contracts/delivery-routes.ts";
import { DeliveryMessage, type PositionView } from "../../contracts/delivery.ts";
import { pathOf } from "../shared/api.ts";
import { clock } from "../shared/format.ts";
import { LiveStream } from "../shared/live-stream.ts";
import { guestOf } from "./guest.ts";
import { words } from "./words.ts";

interface DriverPositionProps {
  readonly tenant: string;
  readonly order: string;
  /** The driver's name. */
  readonly name: string;
}

/** Where the driver is now, while the food is on its way: a place on a map of the customer's choosing. */
export function DriverPosition({ tenant, order, name }: DriverPositionProps) {
  const [position, setPosition] = useState<PositionView | null>(null);
  useEffect(() => {
    const params = { id: order };
    const guest = guestOf(tenant);
    const stream = new LiveStream({
      path: pathOf(deliveryRoutes.live.path, { params }),
      session: guest,
      schema: DeliveryMessage,
      message: (message) => setPosition((known) => positionIn(message) ?? known),
      probe: () => guest.ask(deliveryRoutes.delivery, { params }),
      refused: () => setPosition(null),
    });
    return () => stream.close();
  }, [tenant, order]);
  if (position === null) return null;
  const { lat, lng, at } = position;
  const map = `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lng}#map=17/${lat}/${lng}`;
  return (
    <p>
      <a href={map} target="_blank" rel="noreferrer">
        {words.value.driverOnMap(name)}
      </a>{" "}
      <span class="small quiet figures">{clock(at)}</span>
    </p>
  );
}

function positionIn(message: DeliveryMessage): PositionView | null {
  switch (message.type) {
    case "position":
      return message;
    case "snapshot":
    case "event":
      return message.delivery.audience === "customer" ? message.delivery.position : null;
    case "problem":
      return null;
  }
}
