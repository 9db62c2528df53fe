import "./driver.css";
import { useEffect, useState } from "preact/hooks";
import type { DriverView } from "../../contracts/driver.ts";
import type { Vehicle } from "../../contracts/errand.ts";
import { ConnectionBanner } from "../shared/connection.tsx";
import { inside } from "../shared/format.ts";
import { later } from "../shared/later.tsx";
import { LanguageChoice } from "../shared/language-choice.tsx";
import type { PendingAction } from "../shared/pending.ts";
import { PendingStrip } from "../shared/pending-strip.tsx";
import { Session } from "../shared/session.ts";
import { sharedWords } from "../shared/words.ts";
import { useAwake } from "./awake.ts";
import { NewsStrip } from "./news-strip.tsx";
import { isToldBeside } from "./deed.ts";
import { whenExpected } from "./expected.ts";
import { Idle } from "./idle.tsx";
import { useKeptFocus } from "./kept-focus.ts";
import { type Left, LetOut, leftWith } from "./let-out.tsx";
import { Offer } from "./offer.tsx";
import { Phone } from "./phone.ts";
import { usePosition } from "./position.ts";
import { useRing } from "./ring.ts";
import { ShiftBar, ShiftForm } from "./shift.tsx";
import { Route } from "./route.tsx";
import { StopPage } from "./stop-page.tsx";
import { stopsOf } from "./stops.ts";
import { words } from "./words.ts";

/** Whoever is let in does not need it. */
const PairingPage = later(async () => (await import("../shared/pairing-page.tsx")).PairingPage);
const session = new Session("driver");

/** A driver's phone: let in once, then shift, offers and deliveries. */
export function Driver() {
  const paired = session.holder.value !== null;
  const [phone, setPhone] = useState<Phone | null>(null);
  const [left, setLeft] = useState<Left | null>(null);
  useEffect(() => void (document.title = words.value.title), [words.value]);
  useEffect(() => {
    if (!paired) return undefined;
    const opened = new Phone(session);
    setPhone(opened);
    setLeft(null);
    return () => {
      opened.close();
      setPhone(null);
      if (session.holder.peek() !== null) return;
      setLeft(leftWith(opened.driver.peek(), opened.pending.waiting.peek()));
      opened.forget();
    };
  }, [paired]);
  if (!paired) {
    return (
      <>
        {left === null ? null : <LetOut left={left} />}
        <PairingPage kind="driver" session={session} />
      </>
    );
  }
  return phone === null ? null : <Shift phone={phone} />;
}

function Shift({ phone }: { readonly phone: Phone }) {
  const driver = phone.driver.value;
  const on = driver?.shift.status === "on";
  const position = usePosition(phone, on);
  useAwake(on);
  useRing(phone.desk.alarm, "falling");
  const focus = useKeptFocus(placeOf(driver));
  const t = words.value;
  return (
    <div class="phone">
      <div>
        <ConnectionBanner live={phone.live} asOf={phone.asOf.value} />
        <NewsStrip desk={phone.desk} />
        <PendingStrip
          pending={phone.pending}
          live={phone.live}
          deeds={t.deeds}
          standing={(action) => standingOf(driver, action)}
          isToldElsewhere={isToldBeside(phone)}
        />
      </div>
      <header class="phone-head">
        <h1>{t.heading}</h1>
        <LanguageChoice />
      </header>
      <main class="phone-main" {...focus}>
        {driver === null ? (
          <p class="waiting" role="status">
            {sharedWords.value.loading}
          </p>
        ) : driver.shift.status === "off" ? (
          <ShiftForm phone={phone} />
        ) : (
          <>
            <ShiftBar phone={phone} shift={driver.shift} busy={driver.tasks.length > 0} position={position} />
            <Work phone={phone} driver={driver} vehicle={driver.shift.vehicle} />
          </>
        )}
      </main>
    </div>
  );
}

/** What is on the screen, by which it is seen that it has become something else. */
function placeOf(driver: DriverView | null): string {
  const tasks = driver?.tasks.map(({ order, stage }) => `${order} ${stage}`) ?? [];
  return [driver?.shift.status, driver?.offer?.order, ...tasks].join();
}

/** What is to be done with the food of a delivery that was over before its pick-up or its end was heard of. */
function standingOf(driver: DriverView | null, { name, params }: PendingAction): string {
  const t = words.value;
  const stage = driver?.tasks.find(({ order }) => order === params["id"])?.stage;
  if (name === "pickup" && stage === undefined) return t.ifFood;
  return (name === "deliver" || name === "fail") && stage === "returning" ? t.overBefore : "";
}

interface WorkProps {
  readonly phone: Phone;
  readonly driver: DriverView;
  readonly vehicle: Vehicle;
}

/** An offer goes before everything, for it does not wait; then the stop that is next, or the one the driver has chosen. */
function Work({ phone, driver, vehicle }: WorkProps) {
  const [chosen, choose] = useState<string | null>(null);
  const t = words.value;
  const { offer, tasks } = driver;
  const stops = stopsOf(tasks);
  const open = stops.filter(({ ahead }) => !ahead);
  const stop = open.find(({ key }) => key === chosen) ?? open[0];
  return (
    <>
      {/* For ears; it was here before it has something to tell, for else it is not told. */}
      <p class="for-ears" role="status">
        {offer === null ? "" : t.offerOf(inside(offer.pickup.name), inside(offer.dropoff.name), whenExpected(offer))}
      </p>
      {offer === null ? null : <Offer key={offer.order} phone={phone} offer={offer} sudden={stop !== undefined} />}
      {stop === undefined ? (
        offer === null && <Idle suggestion={driver.suggestion} vehicle={vehicle} />
      ) : (
        <StopPage key={stop.key} phone={phone} stop={stop} vehicle={vehicle}>
          <Route stops={stops} shown={stop.key} onChoose={choose} />
        </StopPage>
      )}
    </>
  );
}
