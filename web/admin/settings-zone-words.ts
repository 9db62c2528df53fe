import { wordsOf } from "../shared/language.ts";

const english = {
  title: (zone: string) => `Next door to zone ${zone}`,
  lead: "Whose drivers may be asked for what nobody of this zone can bring in good time.",
  alone: "There is no other zone. A venue begins one where another zone stands in its settings.",
  neighbours: "Neighbouring zones",
  neighboursHint: "For help both ways each of the two names the other.",
  tooMany: (most: number) => `${most} at most.`,
  reach: "Longest way to the counter (minutes)",
  reachHint: "Nobody from farther away is asked.",
  save: "Save for the zone",
};

const german: typeof english = {
  title: (zone) => `Neben der Zone ${zone}`,
  lead: "Wessen Fahrer gefragt werden dürfen, wenn hier niemand rechtzeitig bringen kann.",
  alone: "Es gibt keine andere Zone. Eine Filiale beginnt eine, wenn in ihren Einstellungen eine andere steht.",
  neighbours: "Nachbarzonen",
  neighboursHint: "Für Hilfe in beide Richtungen nennt jede der beiden die andere.",
  tooMany: (most) => `Höchstens ${most}.`,
  reach: "Längster Weg zum Tresen (Minuten)",
  reachHint: "Wer weiter weg ist, wird nicht gefragt.",
  save: "Für die Zone speichern",
};

export const words = wordsOf({ en: english, de: german });
