import type { ComponentChildren } from "preact";
import { LanguageChoice } from "../shared/language-choice.tsx";
import { OrdersLink } from "./orders-link.tsx";

interface TopBarProps {
  readonly tenant: string;
  /** Where it leads back to; without it the words are a name and no link. */
  readonly back?: string;
  readonly children: ComponentChildren;
}

export function TopBar({ tenant, back, children }: TopBarProps) {
  return (
    <header class="top">
      {back === undefined ? (
        <span class="wordmark">{children}</span>
      ) : (
        <a class="wordmark" href={back}>
          <span aria-hidden="true">‹ </span>
          {children}
        </a>
      )}
      <div class="top-end">
        <OrdersLink tenant={tenant} />
        <LanguageChoice />
      </div>
    </header>
  );
}
