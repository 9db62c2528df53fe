import "./driver.css";
import { useEffect, useState } from "preact/hooks";
import { ConnectionBanner } from "../shared/connection.tsx";
import { LanguageChoice } from "../shared/language-choice.tsx";
import { PairingPage } from "../shared/pairing-page.tsx";
import { PendingStrip } from "../shared/pending-strip.tsx";
import { Session } from "../shared/session.ts";
import { sharedWords } from "../shared/words.ts";
import { isToldBeside } from "./deed.ts";
import { Offer } from "./offer.tsx";
import { Phone } from "./phone.ts";
import { usePosition } from "./position.ts";
import { ShiftBar, ShiftForm } from "./shift.tsx";
import { Task } from "./task.tsx";
import { words } from "./words.ts";

const session = new Session("driver");

/** A driver's phone: let in once, then shift, offers and deliveries. */
export function Driver() {
  const paired = session.holder.value !== null;
  const [phone, setPhone] = useState<Phone | null>(null);
  useEffect(() => void (document.title = words.value.title), [words.value]);
  useEffect(() => {
    if (!paired) return undefined;
    const opened = new Phone(session);
    setPhone(opened);
    return () => {
      opened.close();
      setPhone(null);
    };
  }, [paired]);
  if (!paired) return <PairingPage kind="driver" session={session} />;
  return phone === null ? null : <Shift phone={phone} />;
}

function Shift({ phone }: { readonly phone: Phone }) {
  const driver = phone.driver.value;
  const on = driver?.shift.status === "on";
  const position = usePosition(phone, on);
  const t = words.value;
  return (
    <div class="phone">
      <div>
        <ConnectionBanner live={phone.live} />
        <PendingStrip pending={phone.pending} live={phone.live} deeds={t.deeds} isToldElsewhere={isToldBeside(phone)} />
      </div>
      <header class="phone-head">
        <h1>{t.heading}</h1>
        <LanguageChoice />
      </header>
      <main class="phone-main">
        {driver === null ? (
          <p class="waiting" role="status">
            {sharedWords.value.loading}
          </p>
        ) : driver.shift.status === "off" ? (
          <ShiftForm phone={phone} />
        ) : (
          <>
            <ShiftBar phone={phone} shift={driver.shift} busy={driver.tasks.length > 0} position={position} />
            {driver.offer === null ? null : <Offer key={driver.offer.order} phone={phone} offer={driver.offer} />}
            {driver.tasks.map((task) => (
              <Task key={task.order} phone={phone} task={task} />
            ))}
            {driver.offer === null && driver.tasks.length === 0 ? <p class="phone-idle quiet">{t.idle}</p> : null}
          </>
        )}
      </main>
    </div>
  );
}
