import { notificationOf } from "./notification.ts";
import { cacheName, isPage, type Shell, type ShellName, shellOf, spent } from "./shell.ts";

declare const self: ServiceWorkerGlobalScope;
/** Written in front of this file when it is built; see web/build/app-shells.ts. */
declare const SHELLS: Readonly<Record<ShellName, Shell>>;

const name = shellOf(new URL(self.registration.scope).pathname);
const shell = SHELLS[name];
/** After so long on a bad network, the page that is here already is the better one. */
const patienceMs = 2_500;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  // Nothing else is touched: what the API answers is never kept here.
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && isPage(pathname) && shellOf(pathname) === name) event.respondWith(page(event));
  else if (pathname.startsWith("/assets/")) event.respondWith(file(request));
});
self.addEventListener("push", (event) => {
  const { title, ...options } = notificationOf(event.data?.text() ?? "");
  event.waitUntil(self.registration.showNotification(title, options));
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { url } = event.notification.data as { url: string };
  event.waitUntil(open(new URL(url, self.location.origin)));
});

/** All files of one version, or none: a page of another version, met in the midst of a deployment, ends it. */
async function install(): Promise<void> {
  const response = await fetch(shell.page, { cache: "no-store" });
  const text = await response.clone().text();
  if (!response.ok || !shell.named.every((file) => text.includes(file))) throw new Error("Another version is served");
  const cache = await caches.open(cacheName(name, shell.version));
  await Promise.all(
    shell.files.map(async (file) => {
      const known = await caches.match(file);
      await (known === undefined ? cache.add(file) : cache.put(file, known));
    }),
  );
  await cache.put(shell.page, response);
  await self.skipWaiting();
}

async function activate(): Promise<void> {
  await self.registration.navigationPreload?.enable();
  for (const old of spent(await caches.keys(), name, shell.version)) await caches.delete(old);
  await self.clients.claim();
  const windows = await self.clients.matchAll({ type: "window" });
  for (const window of windows) window.postMessage({ type: "version", named: shell.named });
}

/** The page from the network, so that a new version is there at once; without one, the page that is here. */
async function page(event: FetchEvent): Promise<Response> {
  const network = fromNetwork(event);
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), patienceMs));
  const first = await Promise.race([network, late]);
  if (first !== null && first.status < 500) return first;
  const here =
    (await (await caches.open(cacheName(name, shell.version))).match(shell.page)) ?? (await caches.match(shell.page));
  return here ?? first ?? (await network) ?? Response.error();
}

async function fromNetwork(event: FetchEvent): Promise<Response | null> {
  try {
    const preloaded: unknown = await event.preloadResponse;
    return preloaded instanceof Response ? preloaded : await fetch(event.request);
  } catch {
    return null;
  }
}

/** A name with a hash in it means the same for ever, whichever version it was kept for. */
async function file(request: Request): Promise<Response> {
  return (await caches.match(request.url)) ?? fetch(request);
}

/** Brings the page forward that shows it already, or opens it. */
async function open(url: URL): Promise<void> {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const shown = windows.find((window) => new URL(window.url).pathname === url.pathname);
  await (shown === undefined ? self.clients.openWindow(url) : shown.focus());
}
