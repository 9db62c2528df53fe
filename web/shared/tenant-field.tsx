import { TenantId } from "../../contracts/ids.ts";
import { kept } from "./storage.ts";
import { sharedWords } from "./words.ts";

interface TenantFieldProps {
  readonly typed: string;
  onType(text: string): void;
}

/** Which restaurant, by its short name. */
export function TenantField({ typed, onType }: TenantFieldProps) {
  const t = sharedWords.value;
  return (
    <div class="field">
      <label for="tenant">{t.tenant}</label>
      <input
        id="tenant"
        class="input"
        value={typed}
        required
        pattern="[a-z0-9]([a-z0-9\-]{0,61}[a-z0-9])?"
        autocapitalize="none"
        autocomplete="organization"
        spellcheck={false}
        aria-describedby="tenant-hint"
        onInput={(event) => onType(event.currentTarget.value.trim())}
      />
      <p id="tenant-hint" class="field-hint">
        {t.tenantHint}
      </p>
    </div>
  );
}

/** The restaurant the address names, or the one this browser was told last. */
export function firstTenant(): string | null {
  const named = TenantId.safeParse(new URLSearchParams(location.search).get("tenant"));
  return named.success ? named.data : kept("comanda.tenant", TenantId);
}
