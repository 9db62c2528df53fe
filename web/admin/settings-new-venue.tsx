import { useId, useState } from "preact/hooks";
import { VenueId } from "../../contracts/ids.ts";
import { venueRoutes } from "../../contracts/venue-routes.ts";
import { ask } from "../shared/api.ts";
import { Sheet } from "../shared/sheet.tsx";
import { useDeed } from "./deed.ts";
import { TextField } from "./fields.tsx";
import { words } from "./settings-words.ts";
import { holder, session } from "./sign-in.ts";
import { Failed } from "./states.tsx";
import { choose, loadVenues } from "./venues.ts";

/** Opens another venue of the tenant, with what it cannot be without; the rest is said on its own page. */
export function NewVenue({ timeZone }: { readonly timeZone: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="button button-quiet" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {words.value.newVenue}
      </button>
      {open ? <Opening timeZone={timeZone} close={() => setOpen(false)} /> : null}
    </>
  );
}

function Opening({ timeZone, close }: { readonly timeZone: string; close(): void }) {
  const [venue, setVenue] = useState("");
  const [name, setName] = useState("");
  const [address, setAddress] = useState("");
  const [zone, setZone] = useState(timeZone);
  const [isTaken, setTaken] = useState(false);
  const deed = useDeed();
  const title = useId();
  const t = words.value;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const params = { venue };
    // A venue that is there would only be given other settings.
    const there = await ask(venueRoutes.read, { params });
    setTaken(there.ok);
    if (there.ok) return;
    const body = { name: name.trim(), address: address.trim(), timeZone: zone.trim() };
    const made = await deed.run(() => session.ask(venueRoutes.write, { params, body }));
    if (made === null || holder.value === null) return;
    choose(made.id);
    await loadVenues(holder.value);
    close();
  };
  return (
    <Sheet titleId={title} onClose={close}>
      <form class="fields" onSubmit={(event) => void submit(event)}>
        <h2 id={title}>{t.newVenue}</h2>
        <TextField
          label={t.venueId}
          hint={t.venueIdHint}
          fault={isTaken ? t.venueTaken : venue !== "" && !VenueId.safeParse(venue).success ? t.venueIdFault : null}
          mono
          value={venue}
          required
          maxLength={63}
          onInput={(text) => setVenue(text.trim())}
        />
        <TextField label={t.name} value={name} required maxLength={120} onInput={setName} />
        <TextField label={t.address} value={address} required maxLength={300} onInput={setAddress} />
        <TextField label={t.timeZone} value={zone} required onInput={setZone} />
        {deed.problem === null ? null : <Failed problem={deed.problem} />}
        <button class={`button ${deed.busy ? "button-busy" : ""}`} disabled={!VenueId.safeParse(venue).success}>
          {t.newVenueGo}
        </button>
      </form>
    </Sheet>
  );
}
