/// <reference lib="webworker" />
declare const self: ServiceWorkerGlobalScope;
declare const VERSION: string;
declare const PRECACHE: { path: string; sha256: string }[];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(VERSION).then((cache) => cache.addAll(PRECACHE.map(({ path }) => path))));
});

self.addEventListener("fetch", (event) => {
  event.respondWith(caches.match(event.request).then((kept) => kept ?? fetch(event.request)));
});
