import { wordsOf } from "../shared/language.ts";

const english = {
  no: "No, go back",
  copy: "Copy",
  copied: "Copied",
  secretOnce: "It is shown this once. Put it where it is needed now; nobody can show it again.",
  from: "From",
  until: "Until",
  pastMidnight: "On the day after",
  weekdays: "days of the week",
  addHours: "Add hours",
  removeHours: "Remove these hours",
  units: { seconds: "seconds", minutes: "minutes", hours: "hours", days: "days" },
  takesLong: "This takes longer than usual …",
  byItself: "It is tried again by itself.",
  save: "Save",
  saved: "Saved.",
  undo: "Undo changes",
};

const german: typeof english = {
  no: "Nein, zurück",
  copy: "Kopieren",
  copied: "Kopiert",
  secretOnce: "Es wird nur dieses eine Mal gezeigt. Jetzt dort eintragen, wo es gebraucht wird.",
  from: "Von",
  until: "Bis",
  pastMidnight: "Am Tag darauf",
  weekdays: "Wochentage",
  addHours: "Zeiten hinzufügen",
  removeHours: "Diese Zeiten entfernen",
  units: { seconds: "Sekunden", minutes: "Minuten", hours: "Stunden", days: "Tage" },
  takesLong: "Das dauert länger als sonst …",
  byItself: "Der nächste Versuch kommt von selbst.",
  save: "Speichern",
  saved: "Gespeichert.",
  undo: "Änderungen verwerfen",
};

export const words = wordsOf({ en: english, de: german });
