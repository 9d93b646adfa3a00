import type * as zip from '@zip.js/zip.js/lib/zip-core-custom.js';
import { here, library } from './zip-library.js';

/** The earliest that an archive can name. */
const noDate = { lastModDate: new Date(1980, 0, 1), extendedTimestamp: false };

/**
 * The files of a zip archive, stored or deflated, each checked against its checksum; sizes of 64 bits, too.
 *
 * @throws RangeError saying what is wrong: cut off, compressed otherwise, changed
 */
export async function readZip(bytes: Uint8Array): Promise<Map<string, Uint8Array>> {
  const { ZipReader, Uint8ArrayReader } = await library();
  const archive = new ZipReader(new Uint8ArrayReader(bytes), { ...here, checkSignature: true });
  const entries = await archive.getEntries().catch((cause: unknown) => fail('the archive', cause));
  const files = new Map<string, Uint8Array>();
  for (const entry of entries) {
    if (!entry.directory) files.set(entry.filename, await contentOf(entry));
  }
  return files;
}

/** A zip archive of these files, deflated; without dates, so that equal files give equal bytes. */
export async function writeZip(files: ReadonlyMap<string, Uint8Array>): Promise<Uint8Array> {
  const { ZipWriter, Uint8ArrayReader, Uint8ArrayWriter } = await library();
  const archive = new ZipWriter(new Uint8ArrayWriter(), { ...here, ...noDate, dataDescriptor: false });
  for (const [name, content] of files) await archive.add(name, new Uint8ArrayReader(content));
  return archive.close();
}

async function contentOf(entry: zip.FileEntry): Promise<Uint8Array> {
  const { Uint8ArrayWriter } = await library();
  return entry.getData(new Uint8ArrayWriter()).catch((cause: unknown) => fail(entry.filename, cause));
}

/** @param what the archive, or a file in it */
function fail(what: string, cause: unknown): never {
  throw new RangeError(`${what} is damaged: ${(cause as Error).message}`, { cause });
}
