import { Language } from "../../../contracts/push.ts";

/** The language a browser asks for before all others; null where it names none. Weights are in order as a rule. */
export function acceptedLanguage(request: Request): string | null {
  const [first = ""] = (request.headers.get("accept-language") ?? "").split(/[,;]/);
  const language = Language.safeParse(first.trim());
  return language.success ? language.data : null;
}
