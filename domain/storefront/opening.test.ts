import { describe, expect, it } from "vitest";
import type { Hours } from "../../contracts/menu.ts";
import { VenueSettings } from "../../contracts/venue.ts";
import { formatsOf } from "./formats.ts";
import { openingAt, weekOf } from "./opening.ts";
import { storefrontWords } from "./words.ts";

const all = [1, 2, 3, 4, 5, 6, 7];
const venue = (pickup: Hours[], delivery: Hours[] = pickup) =>
  VenueSettings.parse({
    name: "Inn",
    timeZone: "Europe/Berlin",
    address: "Here 1",
    fulfilments: ["pickup", "delivery"],
    hours: { pickup, delivery, "dine-in": [] },
  });
const at = (weekday: number, clock: string) => ({
  weekday,
  minute: Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)),
});
const said = (settings: VenueSettings, weekday: number, clock: string) =>
  formatsOf("en-GB").opening(openingAt(settings, at(weekday, clock)), storefrontWords.en);

describe("whether a venue is open", () => {
  const lunch = { weekdays: [1, 2, 3, 4, 5], from: "11:00", until: "14:30" };
  const night = { weekdays: [5, 6], from: "18:00", until: "02:00" };

  it.each([
    [1, "10:59", "Closed, opens 11:00"],
    [1, "11:00", "Open until 14:30"],
    [1, "14:30", "Closed, opens Tue 11:00"],
    [5, "20:00", "Open until Sat 02:00"],
    [6, "01:59", "Open until 02:00"],
    [7, "12:00", "Closed, opens Mon 11:00"],
  ])("is said on day %i at %s: %s", (weekday, clock, words) => {
    expect(said(venue([lunch, night]), weekday, clock)).toBe(words);
  });

  it("counts every way to get the food", () => {
    const delivery = [{ weekdays: all, from: "14:00", until: "16:00" }];
    expect(said(venue([lunch], delivery), 1, "12:00")).toBe("Open until 16:00");
  });

  it("needs no end where there is none", () => {
    expect(said(venue([]), 3, "04:00")).toBe("Open around the clock");
    expect(said(venue([{ weekdays: all, from: "00:00", until: "24:00" }]), 3, "04:00")).toBe("Open around the clock");
  });
});

it("a week's hours are told for days in a row that have the same", () => {
  const hours = [
    { weekdays: [1, 2, 3], from: "17:00", until: "22:00" },
    { weekdays: [1, 2, 3], from: "11:00", until: "14:00" },
    { weekdays: [5], from: "18:00", until: "24:00" },
  ];
  expect(weekOf(hours)?.map(({ first, last, windows }) => [first, last, windows.length])).toEqual([
    [1, 3, 2], [4, 4, 0], [5, 5, 1], [6, 7, 0],
  ]); // prettier-ignore
  expect(formatsOf("de-DE").week(hours, storefrontWords.de)).toEqual([
    { days: "Mo–Mi", times: "11:00–14:00, 17:00–22:00" },
    { days: "Do", times: "geschlossen" },
    { days: "Fr", times: "18:00–00:00" },
    { days: "Sa–So", times: "geschlossen" },
  ]);
});
