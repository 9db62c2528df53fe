import { useEffect, useRef, useState } from "preact/hooks";
import { language } from "../shared/language.ts";
import { LanguageChoice } from "../shared/language-choice.tsx";
import type { AdminPage } from "./pages.ts";
import { place } from "./place.ts";
import { type Holder, signOut } from "./sign-in.ts";
import { choose, chosen, venues } from "./venues.ts";
import { words } from "./words.ts";

interface NavigationProps {
  readonly holder: Holder;
  /** Those this holder may see. */
  readonly pages: readonly AdminPage[];
  readonly here: AdminPage | null;
}

const groups = ["orders", "house", "works"] as const;

/** The desk's rail: whose it is, which venue it speaks of, and the way to every page. */
export function Navigation({ holder, pages, here }: NavigationProps) {
  const [open, setOpen] = useState(false);
  const t = words.value;
  const { path } = place.value;
  const ways = useRef<HTMLDivElement>(null);
  useEffect(() => {
    setOpen(false);
    // Where the pages need more room than there is, the one that one is on is seen.
    ways.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: "nearest" });
  }, [path]);
  return (
    <header class="rail" data-open={open}>
      <div class="rail-top">
        <a class="wordmark" href="/admin">
          {holder.tenant}
        </a>
        <span class="small quiet rail-role">{t.roles[holder.role]}</span>
        <button
          type="button"
          class="button button-quiet rail-toggle"
          aria-expanded={open}
          aria-controls="rail-ways"
          onClick={() => setOpen(!open)}
        >
          {t.menu}
        </button>
      </div>
      <div class="rail-ways" id="rail-ways" ref={ways}>
        {here === null || here.venue === "none" ? null : <VenueChoice kind={here.venue} />}
        <nav aria-label={t.pages}>
          {groups.map((group) => {
            const inGroup = pages.filter((page) => page.group === group);
            if (inGroup.length === 0) return null;
            return (
              <section key={group} aria-label={t.groups[group]}>
                <p class="rail-group">{t.groups[group]}</p>
                <ul>
                  {inGroup.map((page) => (
                    <li key={page.path}>
                      <a href={page.path} aria-current={isHere(page, path) ? "page" : undefined}>
                        {page.title[language.value]}
                      </a>
                    </li>
                  ))}
                </ul>
              </section>
            );
          })}
        </nav>
        <div class="rail-end">
          <LanguageChoice />
          <button type="button" class="button button-bare" onClick={signOut}>
            {t.signOut}
          </button>
        </div>
      </div>
    </header>
  );
}

/** The page itself, or what lies beneath it: an order's page is under Orders. */
function isHere({ path: own }: AdminPage, path: string): boolean {
  return own === "/admin" ? path === own : path === own || path.startsWith(`${own}/`);
}

function VenueChoice({ kind }: { readonly kind: "any" | "one" }) {
  const t = words.value;
  const all = venues.value ?? [];
  const first = all[0]?.id ?? "";
  const value = all.some(({ id }) => id === chosen.value) ? (chosen.value ?? "") : "";
  if (all.length < 2) return null;
  return (
    <div class="field rail-venue">
      <label for="rail-venue">{t.venue}</label>
      <select
        id="rail-venue"
        class="input"
        value={kind === "one" && value === "" ? first : value}
        onChange={({ currentTarget }) => choose(currentTarget.value === "" ? null : currentTarget.value)}
      >
        {kind === "any" ? <option value="">{t.allVenues}</option> : null}
        {all.map(({ id, settings }) => (
          <option key={id} value={id}>
            {settings.name}
          </option>
        ))}
      </select>
    </div>
  );
}
