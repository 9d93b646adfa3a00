/**
 * Lets the pages be opened without a network: everything that the build wrote is kept, and served from there. Another build
 * has another name, and takes the place of the old one when no page uses that any more.
 */
/* global self, caches, fetch, Request, URL, __FILES__, __VERSION__ */
const files = __FILES__;
const name = `laboratory-${__VERSION__}`;

self.addEventListener('install', (event) => {
  // Past the browser's own cache: there index.html may still be that of the build before.
  const requests = files.map((file) => new Request(file, { cache: 'reload' }));
  event.waitUntil(caches.open(name).then((cache) => cache.addAll(requests)));
});

self.addEventListener('activate', (event) => {
  const others = (keys) => keys.filter((key) => key.startsWith('laboratory-') && key !== name);
  event.waitUntil(
    caches
      .keys()
      .then((keys) => Promise.all(others(keys).map((key) => caches.delete(key))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(answer(request));
});

/** What is kept; what is not (the files of WebGPU, which few need and are large) is fetched once, and then kept. */
async function answer(request) {
  const cache = await caches.open(name);
  // The address of the folder is that of its page.
  const isFolder = new URL(request.url).pathname.endsWith('/');
  const wanted = isFolder ? new URL('index.html', request.url) : request;
  // Servers say that an answer varies with who asks; these files are the same for everybody.
  const kept = await cache.match(wanted, { ignoreSearch: true, ignoreVary: true });
  if (kept !== undefined) return kept;
  const fetched = await fetch(request);
  // Where there is no room it is fetched again the next time.
  if (fetched.ok) await cache.put(request, fetched.clone()).catch(() => {});
  return fetched;
}
