/**
 * The runs of this browser's last visit, so that a reload does not lose them. They stay in the browser. There is room for those of one
 * tab: the first that is open, for another's would take their place.
 */
const database = 'dist-gan-laboratory';
const store = 'pages';
const key = 'last';

/** Milliseconds that a busy browser may take, after a reload, to let go of what the page of before had. */
const patience = 5000;

let isOurs = false;

/**
 * Whether what is kept is this tab's. Decided once, and not when the other tab goes: that one may only be reloaded, and wants its run
 * again.
 */
export const claimed: Promise<boolean> = new Promise((resolve) => {
  const claim = () => {
    isOurs = true;
    resolve(true);
  };
  // An address that is not secure has no locks: there the last tab that saves is kept.
  if (!('locks' in navigator)) return claim();
  navigator.locks
    .request(database, { signal: AbortSignal.timeout(patience) }, () => {
      claim();
      // Until the tab is closed.
      return new Promise(() => {});
    })
    .catch(() => resolve(false));
});

/** @returns what was kept, or nothing, also where the browser keeps nothing */
export async function readKept(): Promise<Uint8Array | undefined> {
  try {
    return (await request('readonly', (pages) => pages.get(key))) as Uint8Array | undefined;
  } catch {
    return undefined;
  }
}

/**
 * Keeps these bytes in place of others; without any, nothing. Where the browser refuses, or it is another tab's that are
 * kept, the page goes on without.
 *
 * @returns whether they are kept
 */
export async function keep(bytes?: Uint8Array): Promise<boolean> {
  if (!isOurs) return false;
  try {
    await request('readwrite', (pages) =>
      bytes === undefined ? pages.delete(key) : (pages.put(bytes, key) as IDBRequest),
    );
    return true;
  } catch {
    // A private window, or a full disk: a reload then begins anew.
    return false;
  }
}

async function request(
  mode: IDBTransactionMode,
  make: (pages: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
  const opening = indexedDB.open(database, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(store);
  const opened = await done(opening);
  try {
    return await done(make(opened.transaction(store, mode).objectStore(store)));
  } finally {
    opened.close();
  }
}

function done<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The browser keeps nothing.'));
  });
}
