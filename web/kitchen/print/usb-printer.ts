/** As much of WebUSB (https://wicg.github.io/webusb) as a receipt printer needs; TypeScript's library does not have it. */
export interface UsbDevice {
  readonly opened: boolean;
  readonly configuration: UsbConfiguration | null;
  readonly configurations: readonly UsbConfiguration[];
  readonly productName?: string | undefined;
  open(): Promise<void>;
  selectConfiguration(value: number): Promise<void>;
  claimInterface(number: number): Promise<void>;
  transferOut(endpoint: number, data: Uint8Array<ArrayBuffer>): Promise<{ readonly status: string }>;
}

interface UsbConfiguration {
  readonly configurationValue: number;
  readonly interfaces: readonly {
    readonly interfaceNumber: number;
    readonly alternate: {
      readonly interfaceClass: number;
      readonly endpoints: readonly {
        readonly endpointNumber: number;
        readonly direction: "in" | "out";
        readonly type: string;
      }[];
    };
  }[];
}

export interface Usb {
  requestDevice(options: { filters: { classCode: number }[] }): Promise<UsbDevice>;
  getDevices(): Promise<UsbDevice[]>;
}

/** The USB class of printers. */
const printerClass = 7;

/** WebUSB, where this browser has it and the page may use it. */
export function usbHere(): Usb | null {
  return "usb" in navigator ? (navigator.usb as Usb) : null;
}

/** A printer that people allow this page to use, by a touch; throws where they do not. */
export function chooseDevice(usb: Usb): Promise<UsbDevice> {
  return usb.requestDevice({ filters: [{ classCode: printerClass }] });
}

/** Sends bytes to the printer's way in. Throws, in the browser's words, where it does not take them. */
export async function send(device: UsbDevice, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  if (!device.opened) await device.open();
  const first = device.configurations[0];
  if (device.configuration === null && first !== undefined) await device.selectConfiguration(first.configurationValue);
  const way = wayIn(device.configuration ?? first ?? null);
  if (way === null) throw new Error("This is no printer.");
  await device.claimInterface(way.interface);
  const { status } = await device.transferOut(way.endpoint, bytes);
  if (status !== "ok") throw new Error(status);
}

function wayIn(configuration: UsbConfiguration | null): { interface: number; endpoint: number } | null {
  for (const { interfaceNumber, alternate } of configuration?.interfaces ?? []) {
    if (alternate.interfaceClass !== printerClass) continue;
    const out = alternate.endpoints.find(({ direction, type }) => direction === "out" && type === "bulk");
    if (out !== undefined) return { interface: interfaceNumber, endpoint: out.endpointNumber };
  }
  return null;
}
