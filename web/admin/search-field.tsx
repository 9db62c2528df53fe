interface SearchFieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  onInput(value: string): void;
}

/** Where one types what one looks for; `/` brings the cursor here from anywhere on the page. */
export function SearchField({ id, label, value, placeholder, onInput }: SearchFieldProps) {
  return (
    <div class="field search-field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="input"
        type="search"
        data-search
        value={value}
        maxLength={120}
        placeholder={placeholder}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        aria-keyshortcuts="/"
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  );
}

/** `/` puts the cursor in the page's search field, where one is not writing already. */
export function searchBySlash(elsewhere: () => void): () => void {
  const listen = (event: KeyboardEvent) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event;
    if (target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select")))
      return;
    if (document.querySelector("dialog[open]") !== null) return;
    event.preventDefault();
    const field = document.querySelector<HTMLInputElement>("[data-search]");
    if (field === null) return elsewhere();
    field.focus();
    field.select();
  };
  addEventListener("keydown", listen);
  return () => removeEventListener("keydown", listen);
}
