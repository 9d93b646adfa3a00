export { readBytes } from './file-system.js';
export { readIdx, type IdxArray } from './idx.js';
export { readNpy, writeNpy, type NumberArray, type NumberData } from './npy.js';
export { readNpz, type NpzContent } from './npz.js';
export { unpackZip } from './unpack-zip.js';
export { readZip, writeZip } from './zip.js';
