import { useEffect, useState } from "preact/hooks";
import { TenantSettings, tenantRoutes } from "../../contracts/tenant-routes.ts";
import { useAsked } from "./asked.ts";
import { NumberField, TextField } from "./fields.tsx";
import { Frame, Panel } from "./frame.tsx";
import type { PageProps } from "./pages.ts";
import { SaveEnd, useSaving } from "./saving.tsx";
import { words } from "./settings-words.ts";
import { session } from "./sign-in.ts";
import { Failed, Loading } from "./states.tsx";

/** What the tenant decides for all of its venues. */
export function HousePage({ holder }: PageProps) {
  const asked = useAsked(tenantRoutes.settings, {});
  const [origins, setOrigins] = useState("");
  const [keep, setKeep] = useState<number | null>(null);
  const saving = useSaving();
  const t = words.value;
  const { value } = asked;
  useEffect(() => {
    if (value === null) return;
    setOrigins(value.allowedOrigins.join("\n"));
    setKeep(value.keepPersonalData);
  }, [value]);
  if (value === null) {
    return (
      <Frame title={t.houseTitle}>
        {asked.problem === null ? <Loading /> : <Failed problem={asked.problem} retry={asked.again} />}
      </Frame>
    );
  }
  const next = {
    ...value,
    allowedOrigins: origins.split(/\s+/).filter((origin) => origin !== ""),
    keepPersonalData: keep ?? value.keepPersonalData,
  };
  const faults = TenantSettings.safeParse(next).error?.issues ?? [];
  const wrong = faults.find(({ path }) => path[0] === "allowedOrigins");
  const changed = JSON.stringify(next) !== JSON.stringify(value);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const done = await saving.run(() => session.ask(tenantRoutes.writeSettings, { body: next }));
    if (done !== null) asked.show(done);
  };
  return (
    <Frame title={t.houseTitle} lead={holder.tenant}>
      <form class="panels" onSubmit={(event) => void submit(event)}>
        <Panel title={t.origins} lead={t.originsMore}>
          <TextField
            label={t.originsLabel}
            hint={t.originsHint}
            fault={wrong === undefined ? null : t.originFault(next.allowedOrigins[Number(wrong.path[1])] ?? "")}
            mono
            lines={5}
            value={origins}
            placeholder="https://shop.example"
            onInput={setOrigins}
          />
        </Panel>
        <Panel title={t.personal} lead={t.personalMore}>
          <NumberField
            label={t.keepDays}
            hint={t.keepHint}
            value={keep}
            min={14}
            max={3650}
            required
            onInput={setKeep}
          />
        </Panel>
        <div class="settings-end panel-wide">
          <SaveEnd saving={saving} disabled={!changed || faults.length > 0} />
        </div>
      </form>
    </Frame>
  );
}
