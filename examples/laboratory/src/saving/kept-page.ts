/** The runs of this browser's last visit, so that a reload does not lose them. They stay in the browser. */
const database = 'dist-gan-laboratory';
const store = 'pages';
const key = 'last';

/** @returns what was kept, or nothing, also where the browser keeps nothing */
export async function readKept(): Promise<Uint8Array | undefined> {
  try {
    return (await request('readonly', (pages) => pages.get(key))) as Uint8Array | undefined;
  } catch {
    return undefined;
  }
}

/** Keeps these bytes in place of others; without any, nothing. Where the browser refuses, the page goes on without. */
export async function keep(bytes?: Uint8Array): Promise<void> {
  try {
    await request('readwrite', (pages) =>
      bytes === undefined ? pages.delete(key) : (pages.put(bytes, key) as IDBRequest),
    );
  } catch {
    // A private window, or a full disk: a reload then begins anew.
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
