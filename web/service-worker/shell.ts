/** The apps that open without a connection, each under a scope of its own. */
export type ShellName = "customer" | "kitchen" | "driver" | "admin";

/** What one app needs to open. */
export interface Shell {
  /** Changes with any of the files. */
  readonly version: string;
  /** The address its page is served under. */
  readonly page: string;
  /** Names of its scripts and styles, each with a hash of what is in it. */
  readonly files: readonly string[];
  /** Those of them that the page names itself: a page that names others is of another version. */
  readonly named: readonly string[];
}

const devices = ["kitchen", "driver", "admin"] as const;

/** Whose page an address is: `/kitchen`, `/driver`, `/admin/…`; any other is taken for a customer's. */
export function shellOf(path: string): ShellName {
  const [, first] = path.split("/");
  return devices.find((name) => name === first) ?? "customer";
}

/** Whether such an address may be answered with the app's page: it is no file, and no question to the API. */
export function isPage(path: string): boolean {
  return (
    path !== "/" &&
    !/^\/(?:v1|-|\.well-known|assets|icons|healthz|metrics|openapi)(?:[/.]|$)/.test(path) &&
    !/\.\w+$/.test(path)
  );
}

/** The cache of one version of an app. */
export function cacheName(shell: ShellName, version: string): string {
  return `comanda-${shell}-${version}`;
}

/**
 * The caches of an app that nobody needs any more, oldest first as the browser lists them: a page that is still open
 * may want the files of the version before this one.
 */
export function spent(names: readonly string[], shell: ShellName, version: string): string[] {
  const own = cacheName(shell, version);
  const others = names.filter((name) => name.startsWith(cacheName(shell, "")) && name !== own);
  return others.slice(0, -1);
}
