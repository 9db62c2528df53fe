import { wordsOf } from "../shared/language.ts";

const en = {
  whole: "Your order from last time is in the basket.",
  part: "Not all of your order from last time can be had today.",
  missing: (dish: string) => `${dish}: not to be had`,
};

const de: typeof en = {
  whole: "Die Bestellung von damals liegt im Korb.",
  part: "Nicht alles aus der Bestellung von damals gibt es heute.",
  missing: (dish) => `${dish}: gibt es nicht`,
};

export const reorderWords = wordsOf({ en, de });
