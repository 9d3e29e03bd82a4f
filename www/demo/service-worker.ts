// Keeps the built set of files, so that the page works with the network cut and no file of one
// version meets a file of another. The build puts in the list and a version that is its digest.

declare const self: ServiceWorkerGlobalScope;
declare const VERSION: string;
declare const PRECACHE: { path: string; sha256: string }[];

const KEPT = `doseline-${VERSION}`;

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(answer(event.request));
});

/** Fetches the whole set, each file checked against its digest: all of it is kept, or none. */
async function keep(): Promise<void> {
  const cache = await caches.open(KEPT);
  await cache.addAll(
    PRECACHE.map(
      ({ path, sha256 }) => new Request(path, { cache: "no-cache", integrity: integrity(sha256) }),
    ),
  );
}

/** Forgets the sets of other versions. */
async function takeOver(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith("doseline-") && name !== KEPT) await caches.delete(name);
  }
  await self.clients.claim();
}

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(KEPT);
  const address = new URL(request.url);
  const wanted = address.pathname.endsWith("/") ? new URL("index.html", address) : request;
  return (await cache.match(wanted, { ignoreSearch: true })) ?? fetch(request);
}

/** A digest in hexadecimal digits in the form that a request's `integrity` has. */
function integrity(sha256: string): string {
  const bytes = Array.from(sha256.matchAll(/../g), ([digits]) => Number.parseInt(digits, 16));
  return `sha256-${btoa(String.fromCharCode(...bytes))}`;
}
