import { Fulfilment } from "../../contracts/basket.ts";
import { carrierRoutes } from "../../contracts/carrier-routes.ts";
import { useAsked } from "./asked.ts";
import { ChoicesField, NumberField, TextField } from "./fields.tsx";
import { Panel } from "./frame.tsx";
import { movedBy } from "./menu-draft.ts";
import { MoveButtons } from "./menu-group-editor.tsx";
import { PriceField } from "./menu-price-field.tsx";
import type { SettingsPart } from "./settings-place.tsx";
import { words } from "./settings-words.ts";

/** What orders are taken for, what delivery costs, and who brings it. */
export function DeliveryPanel({ settings, put, faultAt, currency }: SettingsPart & { readonly currency: string }) {
  const carriers = useAsked(carrierRoutes.list, {});
  const t = words.value;
  const channels = settings.channels ?? ["own"];
  const known = [...new Set(["own", ...channels, ...(carriers.value?.carriers ?? []).map(({ id }) => id)])];
  const channelName = (id: string) =>
    id === "own" ? t.own : (carriers.value?.carriers.find((one) => one.id === id)?.name ?? id);
  return (
    <Panel title={t.delivery}>
      <div class="form">
        <ChoicesField
          label={t.fulfilments}
          options={Fulfilment.options.map((one) => [one, t.fulfilmentNames[one]] as const)}
          chosen={settings.fulfilments}
          onChange={(chosen) => put({ fulfilments: Fulfilment.options.filter((one) => chosen.includes(one)) })}
        />
        {faultAt("fulfilments") === null ? null : <p class="field-fault">{t.oneAtLeast}</p>}
        <div class="form-row">
          <PriceField
            label={t.deliveryFee}
            value={settings.deliveryFee}
            currency={currency}
            onInput={(deliveryFee) => put({ deliveryFee })}
          />
          <PriceField
            label={t.minimumOrder}
            value={settings.minimumOrder}
            currency={currency}
            onInput={(minimumOrder) => put({ minimumOrder })}
          />
        </div>
        <NumberField
          label={t.radius}
          hint={t.radiusHint}
          fault={faultAt("deliveryRadius")}
          value={settings.deliveryRadius}
          min={100}
          max={200_000}
          step={100}
          onInput={(deliveryRadius) => put({ deliveryRadius })}
        />
        <TextField
          label={t.zone}
          hint={t.zoneHint}
          fault={faultAt("zone")}
          value={settings.zone}
          required
          onInput={(zone) => put({ zone: zone.trim() })}
        />
        <fieldset class="field">
          <legend class="field-label">{t.channels}</legend>
          <p class="field-hint">{t.channelsHint}</p>
          <ol class="lines">
            {channels.map((id, at) => (
              <li key={id}>
                <span>
                  {at + 1}. {channelName(id)}
                </span>
                <span class="line-end">
                  <MoveButtons
                    name={channelName(id)}
                    first={at === 0}
                    last={at === channels.length - 1}
                    move={(by) => put({ channels: movedBy(channels, at, by) })}
                  />
                  <button
                    type="button"
                    class="button button-quiet button-small"
                    disabled={channels.length === 1}
                    onClick={() => put({ channels: channels.filter((one) => one !== id) })}
                  >
                    {t.takeOut}
                    <span class="for-ears">: {channelName(id)}</span>
                  </button>
                </span>
              </li>
            ))}
          </ol>
          <div class="form-end">
            {known
              .filter((id) => !channels.includes(id))
              .map((id) => (
                <button
                  key={id}
                  type="button"
                  class="button button-quiet button-small"
                  onClick={() => put({ channels: [...channels, id] })}
                >
                  {t.addChannel(channelName(id))}
                </button>
              ))}
          </div>
        </fieldset>
      </div>
    </Panel>
  );
}
