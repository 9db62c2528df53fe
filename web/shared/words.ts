import type { Problem } from "../../contracts/problem.ts";
import { slugOf } from "./api.ts";
import { wordsOf } from "./language.ts";

const en = {
  close: "Close",
  loading: "One moment …",
  retry: "Try again",
  offline: "No connection.",
  offlineMore: "What you see may be old. Trying again …",
  asOf: (time: string) => `What you see is from ${time}. Trying again …`,
  language: "Language",
  appearance: "Light and contrast",
  scheme: "Colours",
  schemes: { machine: "As the device", light: "Light", dark: "Dark" },
  contrast: "Contrast",
  contrasts: { machine: "As the device", more: "High" },
  newVersion: "There is a new version of this page.",
  reload: "Load it",
  tenant: "Restaurant",
  tenantHint: "The short name your restaurant has here, for example demo",
  getCode: "Get a code",
  pairKitchen: "Connect this tablet",
  pairDriver: "Connect this phone",
  pairHow: "Somebody in charge lets this device in: with the code below, or by scanning it.",
  pairAt: "Open",
  pairWaits: "Waiting to be let in …",
  pairDenied: "This device was refused.",
  pairExpired: "The code has expired.",
  tenantUnknown: "There is no restaurant of this name.",
  newCode: "New code",
  unsent: "Not sent yet",
  waitsFor: "Done here and not sent yet:",
  keepsNothing: "This browser keeps nothing: what is done here without a connection is lost when the page is closed.",
  sentLate: "sent",
  notTaken: "not taken",
  read: "OK",
  problems: {} as Record<string, string>,
};

const de: typeof en = {
  close: "Schließen",
  loading: "Einen Moment …",
  retry: "Noch einmal",
  offline: "Keine Verbindung.",
  offlineMore: "Was hier steht, kann veraltet sein. Neuer Versuch …",
  asOf: (time: string) => `Was hier steht, ist von ${time}. Neuer Versuch …`,
  language: "Sprache",
  appearance: "Helligkeit und Kontrast",
  scheme: "Farben",
  schemes: { machine: "Wie das Gerät", light: "Hell", dark: "Dunkel" },
  contrast: "Kontrast",
  contrasts: { machine: "Wie das Gerät", more: "Hoch" },
  newVersion: "Es gibt eine neue Version dieser Seite.",
  reload: "Laden",
  tenant: "Restaurant",
  tenantHint: "Der Kurzname des Restaurants, zum Beispiel demo",
  getCode: "Code anzeigen",
  pairKitchen: "Dieses Tablet verbinden",
  pairDriver: "Dieses Telefon verbinden",
  pairHow: "Jemand mit Berechtigung lässt dieses Gerät zu: mit dem Code oder indem er ihn scannt.",
  pairAt: "Adresse",
  pairWaits: "Wartet auf Zulassung …",
  pairDenied: "Dieses Gerät wurde abgelehnt.",
  pairExpired: "Der Code ist abgelaufen.",
  tenantUnknown: "Es gibt kein Restaurant mit diesem Namen.",
  newCode: "Neuer Code",
  unsent: "Noch nicht gesendet",
  waitsFor: "Hier erledigt und noch nicht gesendet:",
  keepsNothing:
    "Dieser Browser speichert nichts: Was hier ohne Verbindung getan wird, ist verloren, sobald die Seite geschlossen wird.",
  sentLate: "gesendet",
  notTaken: "nicht angenommen",
  read: "OK",
  problems: {
    "sold-out": "Davon ist nicht mehr genug da.",
    "venue-closed": "Das Restaurant nimmt gerade keine Bestellungen an.",
    conflict: "Das geht im jetzigen Stand nicht mehr.",
    "invalid-value": "Eine Angabe stimmt nicht.",
    "not-found": "Das gibt es hier nicht.",
    "too-many": "Zu viele Anfragen. Bitte einen Moment warten.",
    unavailable: "Im Moment nicht erreichbar.",
    internal: "Bei uns ist etwas kaputtgegangen.",
  },
};

export const sharedWords = wordsOf({ en, de });

/** What went wrong, in the language of the screen as far as it is known there. */
export function problemWords(problem: Problem): string {
  if (problem.status === 0) return sharedWords.value.offline;
  const words = sharedWords.value.problems[slugOf(problem)];
  const details = problem.errors?.map(({ detail }) => detail).join(" ");
  return words ?? (details || (problem.detail ?? problem.title));
}
