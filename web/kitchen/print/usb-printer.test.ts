import { describe, expect, it } from "vitest";
import { send, type UsbDevice } from "./usb-printer.ts";

const way = (endpointNumber: number, direction: "in" | "out", type = "bulk") => ({ endpointNumber, direction, type });
const face = (interfaceNumber: number, interfaceClass: number, ...endpoints: ReturnType<typeof way>[]) => ({
  interfaceNumber,
  alternate: { interfaceClass, endpoints },
});

/** What a printer at the USB is asked, in order. */
function printer(faces: ReturnType<typeof face>[], status = "ok"): { device: UsbDevice; asked: string[] } {
  const asked: string[] = [];
  const configuration = { configurationValue: 1, interfaces: faces };
  const note = (what: string) => {
    asked.push(what);
    return Promise.resolve();
  };
  const device: UsbDevice = {
    opened: false,
    configuration: null,
    configurations: [configuration],
    open: () => note("open"),
    selectConfiguration: (value) => note(`configuration ${value}`),
    claimInterface: (number) => note(`interface ${number}`),
    transferOut: (endpoint, data) => note(`${data.length} bytes to ${endpoint}`).then(() => ({ status })),
  };
  return { device, asked };
}

describe("a printer at the USB", () => {
  const bytes = Uint8Array.of(27, 64, 65);

  it("is written to by the way in of its printer's part, whatever else it has", async () => {
    const { device, asked } = printer([face(0, 8, way(1, "out")), face(2, 7, way(2, "in"), way(3, "out"))]);
    await send(device, bytes);
    expect(asked).toEqual(["open", "configuration 1", "interface 2", "3 bytes to 3"]);
  });

  it("says so where it takes nothing, or is no printer", async () => {
    await expect(send(printer([face(0, 7, way(1, "out"))], "stall").device, bytes)).rejects.toThrow("stall");
    await expect(send(printer([face(0, 3, way(1, "out"))]).device, bytes)).rejects.toThrow("no printer");
  });
});
