import { said } from "../shared/format.ts";
import { Icon } from "../shared/icon.tsx";
import { LanguageChoice } from "../shared/language-choice.tsx";
import { Sheet } from "../shared/sheet.tsx";
import { allowSound, ring, sound } from "./alarm.ts";
import type { Kitchen } from "./board-page.tsx";
import { screenStaysOn } from "./screen-awake.ts";
import { tabletWords } from "./tablet-words.ts";
import { words } from "./words.ts";

interface TabletSheetProps {
  readonly kitchen: Kitchen;
  readonly leave: (() => void) | null;
  onClose(): void;
}

/** What this tablet is for, how large it writes, how loud it is, where it prints. */
export function TabletSheet({ kitchen, leave, onClose }: TabletSheetProps) {
  const { tablet } = kitchen;
  const { scale, volume, takesOrders } = tablet.settings.value;
  const t = tabletWords.value;
  return (
    <Sheet titleId="tablet" onClose={onClose}>
      <h2 id="tablet">{words.value.thisTablet}</h2>
      <div class="tablet-settings">
        <Stations kitchen={kitchen} />
        <label class="choice">
          <input
            type="checkbox"
            checked={takesOrders}
            onChange={({ currentTarget }) => tablet.set({ takesOrders: currentTarget.checked })}
          />
          <span>{t.takesOrders}</span>
        </label>
        <Segments
          name="scale"
          title={t.textSize}
          chosen={scale}
          options={["small", "usual", "large", "largest"] as const}
          label={(option) => t.scales[option]}
          choose={(option) => tablet.set({ scale: option })}
        />
        <Segments
          name="volume"
          title={t.volume}
          chosen={volume}
          options={["low", "usual", "high"] as const}
          label={(option) => t.volumes[option]}
          choose={(option) => tablet.set({ volume: option })}
        />
        <p class="tablet-sound">
          <button
            type="button"
            class="button button-quiet"
            onClick={() => void allowSound().then(() => ring(volume, 0))}
          >
            <Icon name="bell" /> {t.testSound}
          </button>
          <span>{sound.value ? t.soundOn : words.value.soundBlocked}</span>
        </p>
        <p class="quiet">{screenStaysOn.value ? t.screenOn : t.screenMayDarken}</p>
        <Printing kitchen={kitchen} />
        <h3>{t.language}</h3>
        <LanguageChoice />
        <BumpBarHelp />
        {leave === null ? null : (
          <button type="button" class="button button-quiet button-wide" onClick={leave}>
            {t.otherVenue}
          </button>
        )}
      </div>
    </Sheet>
  );
}

function Stations({ kitchen: { board, tablet } }: { readonly kitchen: Kitchen }) {
  const { stations } = tablet.settings.value;
  const { all } = board.house.stations.value;
  const t = tabletWords.value;
  const toggle = (id: string, on: boolean) => {
    const rest = (stations ?? []).filter((one) => one !== id);
    tablet.set({ stations: on ? [...rest, id] : rest });
  };
  return (
    <fieldset class="field">
      <legend class="field-label">{t.whatIsHere}</legend>
      <label class="choice">
        <input
          type="radio"
          name="station"
          checked={stations === null}
          onChange={() => tablet.set({ stations: null, takesOrders: true })}
        />
        <span>{t.passHow}</span>
      </label>
      <label class="choice">
        <input
          type="radio"
          name="station"
          checked={stations !== null}
          onChange={() => tablet.set({ stations: [], takesOrders: false })}
        />
        <span>{t.stationHow}</span>
      </label>
      {stations === null
        ? null
        : all.map(({ id, name }) => (
            <label key={id} class="choice tablet-station">
              <input
                type="checkbox"
                checked={stations.includes(id)}
                onChange={({ currentTarget }) => toggle(id, currentTarget.checked)}
              />
              <bdi>{said(name)}</bdi>
            </label>
          ))}
    </fieldset>
  );
}

interface SegmentsProps<T extends string> {
  readonly name: string;
  readonly title: string;
  readonly chosen: T;
  readonly options: readonly T[];
  label(option: T): string;
  choose(option: T): void;
}

function Segments<T extends string>({ name, title, chosen, options, label, choose }: SegmentsProps<T>) {
  return (
    <fieldset class="field">
      <legend class="field-label">{title}</legend>
      <div class="segments">
        {options.map((option) => (
          <label key={option}>
            <input type="radio" name={name} checked={option === chosen} onChange={() => choose(option)} />
            <span>{label(option)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Printing({ kitchen: { tablet, printer } }: { readonly kitchen: Kitchen }) {
  const { printer: way, paper, printsAtOnce } = tablet.settings.value;
  const t = tabletWords.value;
  const { problem } = printer;
  return (
    <>
      <Segments
        name="paper"
        title={t.paper}
        chosen={String(paper)}
        options={["80", "58"]}
        label={(option) => `${option} mm`}
        choose={(option) => tablet.set({ paper: option === "58" ? 58 : 80 })}
      />
      {printer.hasUsb ? (
        <Segments
          name="printer"
          title={t.printer}
          chosen={way}
          options={["browser", "usb"] as const}
          label={(option) => t.printers[option]}
          choose={(option) => {
            tablet.set({ printer: option });
            if (option === "usb") void printer.connect();
          }}
        />
      ) : null}
      <label class="choice">
        <input
          type="checkbox"
          checked={printsAtOnce}
          onChange={({ currentTarget }) => tablet.set({ printsAtOnce: currentTarget.checked })}
        />
        <span>{t.printsAtOnce}</span>
      </label>
      <button type="button" class="button button-quiet" onClick={() => printer.printTest()}>
        <Icon name="print" /> {t.testPrint}
      </button>
      {problem.value === null ? null : (
        <p class="notice notice-stop" role="alert">
          {t.notPrinted} {problem.value}
        </p>
      )}
    </>
  );
}

function BumpBarHelp() {
  const t = tabletWords.value;
  return (
    <details class="tablet-keys">
      <summary>{t.bumpBar}</summary>
      <dl>
        {t.keys.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
