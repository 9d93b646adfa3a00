/**
 * JPEG files decoded by libjpeg-turbo as WebAssembly. JavaScript and not TypeScript, as the worker thread that decodes pictures
 * starts from files as they stand; types are in `jpeg.d.ts`.
 *
 * The module is that of @cwasm/jpeg-turbo; its own `decode` makes everything anew for each picture, gives opacity, too, and goes on with
 * a module whose stack an error has left as it was.
 */
import { createRequire } from 'node:module';

/** A larger picture takes libvips no longer: its instructions do several pixels at once, these one. */
const mostPixels = 2 ** 18;

/** Red, green, blue: `TJPF_RGB`. */
const colours = 0;

let compiled;
let decode;

export function decodeJpeg(bytes, { height, width }) {
  if (height * width > mostPixels) return undefined;
  try {
    decode ??= start();
    return { data: decode(bytes, height, width), height, width };
  } catch {
    decode = undefined;
    return undefined;
  }
}

function start() {
  compiled ??= new WebAssembly.Module(readModule());
  const { exports } = new WebAssembly.Instance(compiled, { env, wasi_snapshot_preview1: system });
  const decompressor = exports.tjInitDecompress();
  let place = 0;
  let room = 0;
  return (bytes, height, width) => {
    const length = height * width * 3;
    if (bytes.length + length > room) {
      exports.free(place);
      room = bytes.length + length;
      place = exports.malloc(room);
      if (place === 0) throw new Error('no memory');
    }
    const result = place + bytes.length;
    new Uint8Array(exports.memory.buffer, place, bytes.length).set(bytes);
    const status = exports.tjDecompress2(
      decompressor,
      place,
      bytes.length,
      result,
      width,
      width * 3,
      height,
      colours,
      0,
    );
    // Of a warning, too: what libvips makes of the file counts.
    if (status !== 0) throw new Error('damaged');
    return new Uint8Array(exports.memory.buffer).slice(result, result + length);
  };
}

function readModule() {
  const { readFileSync } = globalThis.process.getBuiltinModule('node:fs');
  const require = createRequire(import.meta.url);
  return readFileSync(require.resolve('@cwasm/jpeg-turbo/jpeg-turbo.wasm'));
}

/** The library leaves an error by a jump, which has no place to go here. */
const env = {
  setjmp: () => 0,
  longjmp() {
    throw new Error('damaged');
  },
};

/** It has no files, and nothing to ask. */
const system = {
  environ_sizes_get: () => 0,
  environ_get: () => 0,
  proc_exit: () => 0,
  fd_close: () => 0,
  fd_seek: () => 0,
  fd_write: () => 0,
};
