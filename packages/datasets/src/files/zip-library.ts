/** Loaded when the first archive is read or written: a page that needs none does not fetch it. */
export const library = () => import('@zip.js/zip.js/lib/zip-core-custom.js');

/** Packed by what the platform brings (`CompressionStream`), in the thread at hand. */
export const here = { useWebWorkers: false };
