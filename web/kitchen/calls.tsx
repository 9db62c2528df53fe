import { clock } from "../shared/format.ts";
import { Icon } from "../shared/icon.tsx";
import type { ShownTicket } from "./after-pending.ts";
import { allowSound, sound } from "./alarm.ts";
import type { Kitchen } from "./board-page.tsx";
import { words } from "./words.ts";

interface CallsProps {
  readonly kitchen: Kitchen;
  /** Orders that no tablet of the venue has shown to anybody in time. */
  readonly unseen: readonly ShownTicket[];
  /** New orders that this tablet leaves to others. */
  readonly elsewhere: readonly ShownTicket[];
}

/** What calls for anybody, across the whole screen: orders nobody has seen, and that nothing can be heard. */
export function Calls({ kitchen, unseen, elsewhere }: CallsProps) {
  const t = words.value;
  const loudest = Math.max(0, ...unseen.map(({ escalated = 0 }) => escalated));
  const isHidden = unseen.some(({ order }) => elsewhere.some((ticket) => ticket.order === order));
  return (
    <>
      {unseen.length === 0 ? null : (
        <div class="call-unseen" data-level={loudest} role="alert">
          <Icon name="alert" />
          <p>
            <strong>{t.unseen(unseen.length)}</strong>{" "}
            <span class="mono">{unseen.map(({ code }) => code).join(" · ")}</span>{" "}
            <span class="figures">{clock(unseen[0]?.placedAt ?? Date.now())}</span>
            {loudest === 3 ? <span> {t.ownerTold}</span> : null}
          </p>
          {isHidden ? (
            <button type="button" class="button" onClick={() => kitchen.tablet.set({ takesOrders: true })}>
              {t.showHere}
            </button>
          ) : null}
        </div>
      )}
      {sound.value ? null : (
        <button type="button" class="call-silent" onClick={() => void allowSound()}>
          <Icon name="bell-off" /> <strong>{t.soundBlocked}</strong> <span>{t.soundTouch}</span>
        </button>
      )}
    </>
  );
}
