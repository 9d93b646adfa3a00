import { DataNotFoundError, OptionError } from '@dist-gan/core';

/** What is read at once: Node reads no more than 2 GiB in one call. */
const pieceBytes = 2 ** 30;
/** What Node 20 holds in one array. */
const mostBytes = 2 ** 32;

/**
 * A whole file of up to 4 GiB, read in pieces.
 *
 * @throws DataNotFoundError when it cannot be read, OptionError when it is larger
 */
export async function readWholeFile(path: string): Promise<Uint8Array> {
  const { open } = process.getBuiltinModule('node:fs/promises');
  let file;
  try {
    file = await open(path);
    const { size } = await file.stat();
    if (size > mostBytes) {
      throw new OptionError(
        `${path} has ${(size / 2 ** 30).toFixed(1)} GiB, and no more than 4 can be read at once; split it, or give mean ` +
          'and covariance of its features',
        path,
        size,
      );
    }
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size;) {
      const { bytesRead } = await file.read(bytes, at, Math.min(pieceBytes, size - at), at);
      if (bytesRead === 0) throw new Error(`it ended after ${at} of ${size} bytes`);
      at += bytesRead;
    }
    return bytes;
  } catch (cause) {
    if (cause instanceof OptionError) throw cause;
    throw new DataNotFoundError(`${path} cannot be read: ${(cause as Error).message}`, path, { cause });
  } finally {
    await file?.close();
  }
}
