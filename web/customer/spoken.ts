import { language, speak } from "../shared/language.ts";

/** A link may ask for a language, as search engines and the page's own do: `?lang=de`. It is kept as if chosen here. */
export function speakAsAsked(): void {
  const url = new URL(location.href);
  const asked = url.searchParams.get("lang");
  if (asked === null) return;
  if ((asked === "en" || asked === "de") && asked !== language.peek()) speak(asked);
  url.searchParams.delete("lang");
  history.replaceState(null, "", url);
}
