import { DatasetFormatError } from '@dist-gan/core';
import { builtin } from './file-system.js';

/** The content of a file that may be gzipped: it is if it starts with gzip's two magic bytes. */
export async function gunzipIfNeeded(bytes: Uint8Array, file: string): Promise<Uint8Array> {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzip(bytes, file) : bytes;
}

/**
 * Unpacks gzip. A file that was cut off gives what it still holds: the reader of its format can then say
 * where the content ends and where it should.
 *
 * @throws DatasetFormatError when the compressed bytes are damaged
 */
async function gunzip(bytes: Uint8Array, file: string): Promise<Uint8Array> {
  const { constants, createGunzip } = builtin('node:zlib');
  const stream = createGunzip({ chunkSize: 2 ** 20, finishFlush: constants.Z_SYNC_FLUSH });
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    stream.end(bytes);
    for await (const chunk of stream) {
      chunks.push(chunk as Uint8Array);
      length += (chunk as Uint8Array).length;
    }
  } catch (cause) {
    throw new DatasetFormatError(
      `${file}: the gzip data are damaged after ${length} unpacked bytes (${(cause as Error).message}); ` +
        'download the file again',
      file,
      length,
      { cause },
    );
  }
  const content = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    content.set(chunk, offset);
    offset += chunk.length;
  }
  return content;
}
