import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { urlFault } from "./safe-url.ts";

const hostile: Record<string, readonly string[]> = {
  "an address that is no web address": [
    "", "nonsense", "//hooks.shop.com", "ftp://hooks.shop.com/", "file:///etc/passwd", "gopher://hooks.shop.com/",
    "data:text/plain,x", "javascript:alert(1)", "ws://hooks.shop.com", "wss://hooks.shop.com", "https://", "https:///x",
  ],
  "an address that is not encrypted": ["http://hooks.shop.com/", "HTTP://hooks.shop.com/"],
  "a name or password in it": [
    "https://user@hooks.shop.com/", "https://user:pw@hooks.shop.com/", "https://hooks.shop.com@127.0.0.1/",
    "https://hooks.shop.com%40@evil.com/",
  ],
  "an odd port": ["https://hooks.shop.com:22/", "https://hooks.shop.com:80/", "https://hooks.shop.com:6379", "https://hooks.shop.com:8787/"],
  "this machine": [
    "https://localhost/", "https://LOCALHOST/", "https://localhost./", "https://a.localhost/", "https://localhost.localdomain/",
    "https://127.0.0.1/", "https://127.1/", "https://127.0.0.1./", "https://2130706433/", "https://0x7f000001/",
    "https://0177.0.0.1/", "https://0x7f.1/", "https://127.0.0.01/", "https://0/", "https://0.0.0.0/", "https://[::1]/",
    "https://[::]/", "https://[0:0:0:0:0:0:0:1]/", "https://①②⑦.0.0.1/", "https://127。0。0。1/", "https://loc%61lhost/",
  ],
  "a private network": [
    "https://10.0.0.1/", "https://172.16.0.1/", "https://172.31.255.255/", "https://192.168.1.1/", "https://[fc00::1]/",
    "https://[fd12:3456:789a::1]/", "https://[fec0::1]/", "https://100.64.0.1/", "https://100.127.255.254/",
    "https://198.18.0.1/", "https://192.0.0.1/",
  ],
  "a link's own addresses, such as a cloud's metadata": [
    "https://169.254.169.254/latest/meta-data/", "https://[fe80::1]/", "https://[fe80::1%25eth0]/",
    "https://[::ffff:169.254.169.254]/", "https://metadata.google.internal/", "https://0xa9fea9fe/",
  ],
  "many at once, or nobody": [
    "https://224.0.0.1/", "https://239.255.255.250/", "https://255.255.255.255/", "https://[ff02::1]/", "https://240.0.0.1/",
    "https://192.0.2.1/", "https://[2001:db8::1]/",
  ],
  "IPv4 in the clothes of IPv6": [
    "https://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/", "https://[::127.0.0.1]/", "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/", "https://[::ffff:0:127.0.0.1]/", "https://[2001:0:7f00:1::]/",
  ],
  "a public address that is no name": ["https://93.184.216.34/", "https://[2606:4700::1111]/"],
  "a name of an inner network": [
    "https://till/", "https://till.local/", "https://db.internal/", "https://nas.lan/", "https://printer.home.arpa/",
    "https://intranet/", "https://kube.svc.cluster.local/", "https://1.0.0.127.in-addr.arpa/", "https://x.onion/",
    "https://hooks.test/", "https://hooks.example/", "https://hooks.invalid/",
  ],
  "a name that stands for an address": [
    "https://127.0.0.1.nip.io/", "https://10-0-0-1.sslip.io/", "https://app.127.0.0.1.xip.io/", "https://localtest.me/",
    "https://a.lvh.me/", "https://169.254.169.254.rebind.com/", "https://ip-10-0-0-1.compute.com/",
  ],
  "characters a parser may read otherwise": [
    "https://hooks.shop.com\\@127.0.0.1/", "https://127.0.0.1\t/", " https://hooks.shop.com/", "https://hooks.shop.com/\n",
    "https:\\\\127.0.0.1/", "https://hoöks.shop.com/", "https://hooks.shop.com/#x", "https://hooks..shop.com/",
    "https://-a.shop.com/", "https://a-.shop.com/", "https://hooks.shop.1/", "https://hooks.shop.com\u0000/",
    "https:hooks.shop.com", "https:/hooks.shop.com/", "https:///hooks.shop.com/",
  ],
}; // prettier-ignore

describe("an address to which nothing is sent", () => {
  for (const [what, urls] of Object.entries(hostile)) {
    it.each(urls)(`is ${what}: %s`, (url) => expect(urlFault(url, false)).toEqual(expect.any(String)));
  }

  it("is every IPv4 address, however it is written", () => {
    const part = fc.nat(255);
    fc.assert(
      fc.property(part, part, part, part, (a, b, c, d) => {
        const number = ((a * 256 + b) * 256 + c) * 256 + d;
        const spellings = [
          `${a}.${b}.${c}.${d}`, String(number), `0x${number.toString(16)}`, `0${number.toString(8)}`,
          `0x${a.toString(16)}.${b}.0${c.toString(8)}.${d}`, `${a}.${(b * 256 + c) * 256 + d}`, `[::ffff:${a}.${b}.${c}.${d}]`,
        ]; // prettier-ignore
        for (const host of spellings) expect(urlFault(`https://${host}/`, false)).not.toBeNull();
      }),
    );
  });

  it("is every IPv6 address", () => {
    fc.assert(
      fc.property(fc.ipV6(), (host) => {
        expect(urlFault(`https://[${host}]/`, false)).not.toBeNull();
      }),
    );
  });
});

describe("an address to which reports are sent", () => {
  it.each([
    "https://hooks.shop.com", "https://hooks.shop.com/comanda?venue=1", "https://hooks.shop.com:8443/x", "https://shop.co.uk/",
    "https://xn--hks-tna.shop.com/", "https://h1.shop-24.com./", "https://a_b.shop.io/", "https://HOOKS.shop.com:443/",
  ])("is a public name at the usual port: %s", (url) => expect(urlFault(url, false)).toBeNull()); // prettier-ignore

  it("is this machine only in development, and nothing else is more open there", () => {
    for (const url of ["http://127.0.0.1:9000/x", "http://localhost:80/", "https://[::1]:1/", "http://127.1:5/"]) {
      expect([url, urlFault(url, false) === null, urlFault(url, true)]).toEqual([url, false, null]);
    }
    for (const urls of Object.values(hostile)) {
      for (const url of urls) {
        const own =
          /^https?:\/\/(?:loc(?:a|%61)lhost\.?|127\.[\d.]*|\[::1\]|\[0:0:0:0:0:0:0:1\]|2130706433|0x7f000001|0177.0.0.1|0x7f\.1)\//i;
        if (!own.test(url)) expect([url, urlFault(url, true)]).toEqual([url, expect.any(String)]);
      }
    }
  });
});
