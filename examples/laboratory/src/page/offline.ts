/** Lets the page be opened again without a network; says so once it can. */
export async function keepOffline(place: HTMLElement): Promise<void> {
  // In development files change under their names.
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register(new URL('service-worker.js', document.baseURI));
    await navigator.serviceWorker.ready;
    place.textContent = 'This page also opens without a network, and can be installed as an app.';
  } catch {
    // Without a secure address there is none; the page works all the same.
  }
}
