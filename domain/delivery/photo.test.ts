import { expect, it } from "vitest";
import { photoIn } from "./photo.ts";
import { jpeg } from "./photo-for-tests.ts";

const exif = [0xff, 0xe1, 0x00, 0x08, ...Buffer.from("Exif\0\0")];
const comment = [0xff, 0xfe, 0x00, 0x05, ...Buffer.from("Ada")];

it("keeps the picture, and nothing a camera has written beside it or behind it", () => {
  const taken = jpeg({ width: 640, height: 480, beside: [...exif, ...comment], behind: [...Buffer.from("<script>")] });
  const photo = photoIn(taken);
  expect(photo).toMatchObject({ width: 640, height: 480 });
  expect(photo?.bytes).toEqual(jpeg({ width: 640, height: 480 }));
  expect(photoIn(jpeg({ width: 640, height: 480 }))?.bytes).toEqual(jpeg({ width: 640, height: 480 }));
});

it("takes nothing else for a photo", () => {
  const whole = jpeg({ width: 640, height: 480 });
  const not: Record<string, Uint8Array> = {
    "a text": new Uint8Array(Buffer.from("not an image")),
    "a PNG": Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    nothing: new Uint8Array(),
    "a beginning": whole.subarray(0, 20),
    "one cut off": whole.subarray(0, -2),
    "a point": jpeg({ width: 1, height: 1 }),
    "a beginning with markup": new Uint8Array([0xff, 0xd8, ...Buffer.from("<html>"), 0xff, 0xd9]),
  };
  for (const [what, bytes] of Object.entries(not)) expect(photoIn(bytes), what).toBeNull();
});
