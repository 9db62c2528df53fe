import { describe, expect, it } from "vitest";
import { deviceOf, waysTo } from "./ways.ts";

const bistro = { name: "Bob's (back door)", address: "Straße 1 & 2, Berlin", point: { lat: 52.54, lng: 13.41 } };
const nowhere = { ...bistro, point: null };

describe("the way to a stop", () => {
  it("is asked of Android's navigation with a named pin, of Apple's by its page, and of no other", () => {
    expect(waysTo(bistro, "bike", "android").navigate).toBe(
      "geo:52.54,13.41?q=52.54,13.41(Bob%27s%20%20back%20door%20)",
    );
    expect(waysTo(bistro, "car", "apple").navigate).toBe("https://maps.apple.com/?daddr=52.54,13.41&dirflg=d");
    expect(waysTo(bistro, "bike", "apple").navigate).toBe("https://maps.apple.com/?daddr=52.54,13.41");
    expect(waysTo(bistro, "foot", "other").navigate).toBeNull();
  });

  it("goes by the address where nobody knows the point, and by what the driver rides", () => {
    const address = "Stra%C3%9Fe%201%20%26%202%2C%20Berlin";
    expect(waysTo(nowhere, "foot", "android").navigate).toBe(`geo:0,0?q=${address}`);
    expect(waysTo(nowhere, "foot", "apple").navigate).toBe(`https://maps.apple.com/?daddr=${address}&dirflg=w`);
    expect(waysTo(nowhere, "car", "other").map).toBe(
      `https://www.google.com/maps/dir/?api=1&destination=${address}&travelmode=driving`,
    );
  });

  it("knows an iPad that says it is a Mac", () => {
    const mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15";
    expect([deviceOf(mac, 5), deviceOf(mac, 0)]).toEqual(["apple", "other"]);
    expect(deviceOf("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)", 5)).toBe("apple");
    expect(deviceOf("Mozilla/5.0 (Linux; Android 14; Pixel 8)", 5)).toBe("android");
  });
});
