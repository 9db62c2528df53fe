import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../shared/icon.tsx";
import type { Doing } from "./deck.tsx";
import { HoldButton } from "./hold-button.tsx";
import { type Photo, photoFrom } from "./photo.ts";
import type { Phone } from "./phone.ts";
import { Refusal } from "./refusal.tsx";
import { Trouble } from "./trouble.tsx";
import { words } from "./words.ts";

/** More photos than these do not wait on a phone without a connection: there is only so much room. */
const mostWaiting = 3;

interface HandOverProps {
  readonly phone: Phone;
  readonly doing: Doing;
  readonly children: ComponentChildren;
}

/** The customer says the PIN, the driver types it; where nobody can say it, a photo shows where the food is. */
export function HandOver({ phone, doing, children }: HandOverProps) {
  const { task, deed } = doing;
  const [pin, setPin] = useState("");
  const [photo, setPhoto] = useState<Photo | null>(null);
  const t = words.value;
  const deliver = (event: SubmitEvent) => {
    event.preventDefault();
    deed.do("deliver", { pin });
  };
  return (
    <>
      {photo === null ? null : <Preview photo={photo} />}
      {children}
      <div class="deck">
        <Refusal problem={deed.problem} />
        <div class="deck-head">
          {photo === null ? (
            <label for={`pin-${task.order}`}>{t.pin}</label>
          ) : (
            <button type="button" class="button button-bare" onClick={() => setPhoto(null)}>
              {t.noPhoto}
            </button>
          )}
          <Trouble doings={[doing]} />
        </div>
        {photo === null ? (
          <form class="pin-form" onSubmit={deliver}>
            <div class="pin-field">
              <input
                id={`pin-${task.order}`}
                class="input pin mono"
                value={pin}
                required
                inputMode="numeric"
                pattern="\d{1,10}"
                autocomplete="off"
                onInput={(event) => setPin(event.currentTarget.value.trim())}
              />
              <TakePhoto phone={phone} order={task.order} onTaken={setPhoto} />
            </div>
            <button class={`button button-go button-large button-wide ${deed.busy ? "button-busy" : ""}`}>
              {t.delivered}
            </button>
          </form>
        ) : (
          <HoldButton
            class="button-go button-large button-wide"
            busy={deed.busy}
            onHeld={() => deed.do("deliver", { photo: photo.base64 })}
          >
            {t.deliveredPhoto}
          </HoldButton>
        )}
      </div>
    </>
  );
}

/** What will be sent, in sight as soon as it was taken. */
function Preview({ photo }: { readonly photo: Photo }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.replaceChildren(photo.picture);
    place.current?.scrollIntoView({ block: "center" });
  }, [photo]);
  return <div ref={place} class="photo" role="img" aria-label={words.value.photoTaken} />;
}

interface TakePhotoProps {
  readonly phone: Phone;
  readonly order: string;
  onTaken(photo: Photo): void;
}

function TakePhoto({ phone, order, onTaken }: TakePhotoProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const t = words.value;
  const full = phone.pending.waiting.value.filter(({ body }) => "photo" in body).length >= mostWaiting;
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    const photo = await photoFrom(file);
    // The same file may be chosen again after it was put away.
    if (input.current !== null) input.current.value = "";
    if (photo === null) return setProblem(t.photoBroken);
    setProblem(null);
    onTaken(photo);
  };
  return (
    <>
      <input
        ref={input}
        id={`photo-${order}`}
        class="for-ears"
        type="file"
        accept="image/*"
        capture="environment"
        disabled={full}
        onChange={(event) => void take(event.currentTarget.files?.[0])}
      />
      <label class="button button-quiet" for={`photo-${order}`} aria-disabled={full}>
        <Icon name="camera" />
        <span aria-hidden="true">{t.photoShort}</span>
        <span class="for-ears">{t.photo}</span>
      </label>
      {full ? <p class="small pin-more">{t.photosWait(mostWaiting)}</p> : null}
      {problem === null ? null : (
        <p class="notice notice-stop pin-more" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
