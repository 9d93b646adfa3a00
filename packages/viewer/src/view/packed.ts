/** Numbers as base64 of little-endian float32: losses are float32, and a third of their digits. */
export function packNumbers(values: ArrayLike<number>): string {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  for (let i = 0; i < values.length; i++) view.setFloat32(4 * i, values[i], true);
  return packBytes(new Uint8Array(view.buffer));
}

/** The numbers that {@link packNumbers} packed. */
export function unpackNumbers(text: string): Float32Array {
  return readNumbers(unpackBytes(text));
}

/** Little-endian float32 numbers; a rest that is none is left out. */
export function readNumbers(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: Math.floor(bytes.byteLength / 4) }, (_, i) =>
    view.getFloat32(4 * i, true),
  );
}

/** Base64. Node only: a page reads what was packed there. */
export function packBytes(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

export function unpackBytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
