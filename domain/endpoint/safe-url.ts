/** Ports a webhook may be at: others are mostly something else's, and trying them all would be a scan. */
const ports = new Set(["", "443", "8443"]);
/** Names that mean something inside a network only, or nothing anywhere (RFC 2606, 6761, 6762, 8375, 9476). */
const innerNames = [
  "localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "localdomain", "arpa", "test",
  "example", "invalid", "onion", "alt",
] as const; // prettier-ignore
/** Public names that mean the caller's own machine, or the address written in them. */
const mirrors = ["nip.io", "sslip.io", "xip.io", "localtest.me", "lvh.me", "vcap.me", "lacolhost.com"] as const;

/**
 * Why nothing may be sent to this address, or null. A webhook's host is a name with a dot in it, found by TLS at the usual
 * port; an IP address in whatever spelling is none. `loopback`: in development the own machine may be called, by any port.
 */
export function urlFault(text: string, loopback: boolean): string | null {
  // The URL parser drops tabs, line breaks and what stands around; what it would change is not what was meant.
  if (/[^\x21-\x7e]/.test(text) || text.includes("\\")) return "only printable ASCII, without spaces and backslashes";
  // It also finds a host where one slash is missing or too many.
  if (!URL.canParse(text) || /^https?:(?!\/\/[^/])/i.test(text)) return "not a URL";
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") return "https only";
  if (url.username !== "" || url.password !== "") return "no user name and no password in the URL";
  if (url.hash !== "") return "no fragment";
  const host = url.hostname.replace(/\.$/, "");
  if (loopback && isLoopback(host)) return null;
  if (url.protocol !== "https:") return "https only";
  if (!ports.has(url.port)) return "port 443 or 8443";
  return hostFault(host);
}

function hostFault(host: string): string | null {
  if (host.startsWith("[")) return "a host name, not an IP address";
  // The parser has made every spelling of an IPv4 address four decimal numbers: 0x7f.1, 2130706433, 127.1.
  if (/^[\d.]+$/.test(host)) return "a host name, not an IP address";
  const labels = host.split(".");
  if (labels.length < 2) return "a public host name has a dot";
  if (labels.some((label) => !/^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label)) || host.length > 253)
    return "not a host name";
  if (!/^(?:[a-z]{2,}|xn--[a-z0-9-]+)$/.test(labels.at(-1) ?? "")) return "not a public host name";
  if (innerNames.some((name) => within(host, name))) return "not a public host name";
  if (mirrors.some((name) => within(host, name)) || /(?:^|[.-])\d{1,3}(?:[.-]\d{1,3}){3}(?:[.-]|$)/.test(host))
    return "a host name that stands for an IP address";
  return null;
}

function within(host: string, name: string): boolean {
  return host === name || host.endsWith(`.${name}`);
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
