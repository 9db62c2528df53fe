import { useState } from "preact/hooks";
import type { VenueView } from "../../contracts/venue.ts";
import { intend } from "../shared/intent.ts";
import { useDeed } from "./deed.ts";
import { CheckField, ChoicesField, SelectField, TextField } from "./fields.tsx";
import { Panel } from "./frame.tsx";
import { session } from "./sign-in.ts";
import { Failed } from "./states.tsx";
import { type Client, clientRoutes, type ClientWithSecret } from "./staff-routes.ts";
import { words } from "./staff-words.ts";

interface NewClientProps {
  readonly venues: readonly VenueView[];
  /** What whoever makes it reaches; null: all. */
  readonly reach: readonly string[] | null;
  made(client: ClientWithSecret): void;
}

const roles: readonly Client["role"][] = ["staff", "admin", "service", "driver"];

/** Makes a client: what it is called, what it may do, and where. */
export function NewClient({ venues, reach, made }: NewClientProps) {
  const [name, setName] = useState("");
  const [role, setRole] = useState<Client["role"]>("staff");
  const [everywhere, setEverywhere] = useState(reach === null);
  const [where, setWhere] = useState<string[]>([]);
  const [driver, setDriver] = useState("");
  const deed = useDeed();
  const t = words.value;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const body = {
      name: name.trim(),
      role,
      venues: everywhere ? null : where,
      ...(role === "driver" && driver.trim() !== "" ? { driver: driver.trim() } : {}),
    };
    const client = await deed.run(() => intend(session, clientRoutes.create, { body }));
    if (client === null) return;
    setName("");
    setDriver("");
    made(client);
  };
  return (
    <Panel title={t.make} lead={t.makeMore}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <TextField label={t.name} value={name} required maxLength={120} placeholder={t.nameExample} onInput={setName} />
        <SelectField
          label={t.role}
          value={role}
          hint={t.roleHints[role]}
          options={roles.map((one) => [one, t.roles[one]] as const)}
          onChange={(chosen) => setRole(roles.find((one) => one === chosen) ?? "staff")}
        />
        {role === "driver" ? (
          <TextField label={t.driver} hint={t.driverHint} value={driver} maxLength={64} onInput={setDriver} />
        ) : null}
        {reach === null ? <CheckField label={t.allVenues} checked={everywhere} onChange={setEverywhere} /> : null}
        {everywhere ? null : (
          <ChoicesField
            label={t.venues}
            options={venues.map(({ id, settings }) => [id, settings.name] as const)}
            chosen={where}
            onChange={setWhere}
          />
        )}
        {deed.problem === null ? null : <Failed problem={deed.problem} />}
        <div class="form-end">
          <button class={`button ${deed.busy ? "button-busy" : ""}`} disabled={!everywhere && where.length === 0}>
            {t.makeGo}
          </button>
        </div>
      </form>
    </Panel>
  );
}
