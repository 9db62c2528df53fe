import { useEffect, useState } from "preact/hooks";
import { TenantSettings, tenantRoutes } from "../../contracts/tenant-routes.ts";
import { useAsked } from "./asked.ts";
import { useDeed } from "./deed.ts";
import { NumberField, TextField } from "./fields.tsx";
import { Frame, Panel } from "./frame.tsx";
import type { PageProps } from "./pages.ts";
import { words as parts } from "./parts-words.ts";
import { words } from "./settings-words.ts";
import { session } from "./sign-in.ts";
import { Failed, Loading } from "./states.tsx";

/** What the tenant decides for all of its venues. */
export function HousePage({ holder }: PageProps) {
  const asked = useAsked(tenantRoutes.settings, {});
  const [origins, setOrigins] = useState("");
  const [keep, setKeep] = useState<number | null>(null);
  const [saved, setSaved] = useState(false);
  const deed = useDeed();
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
    setSaved(false);
    const done = await deed.run(() => session.ask(tenantRoutes.writeSettings, { body: next }));
    if (done === null) return;
    asked.show(done);
    setSaved(true);
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
          {deed.problem === null ? null : <Failed problem={deed.problem} />}
          {saved ? (
            <p class="notice notice-go" role="status">
              {parts.value.saved}
            </p>
          ) : null}
          <div class="form-end">
            <button class={`button ${deed.busy ? "button-busy" : ""}`} disabled={!changed || faults.length > 0}>
              {parts.value.save}
            </button>
          </div>
        </div>
      </form>
    </Frame>
  );
}
