import { joinBytes } from './join-bytes.js';

const endOfDirectory = 0x06054b50;
const wideEndOfDirectory = 0x06064b50;
const wideEndLocator = 0x07064b50;
const directoryEntry = 0x02014b50;
const localHeader = 0x04034b50;
const stored = 0;
const deflated = 8;
/** A size of this says that the true one is in a 64-bit field. Python writes such fields from 2 GiB on. */
const inWideField = 0xffffffff;
/** The same of a number of files. */
const inWideCount = 0xffff;

/**
 * The files of a zip archive, stored or deflated, each checked against its checksum.
 *
 * @throws RangeError saying what is wrong: cut off, compressed otherwise, changed
 */
export async function readZip(bytes: Uint8Array): Promise<Map<string, Uint8Array>> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const files = new Map<string, Uint8Array>();
  const directory = findDirectory(view, end);
  let at = directory.start;
  for (let left = directory.files; left > 0; left--) {
    if (at + 46 > end || view.getUint32(at, true) !== directoryEntry) {
      throw new RangeError(`no file is listed at byte ${at}`);
    }
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) =>
      view.getUint16(at + field, true),
    );
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const checksum = view.getUint32(at + 16, true);
    const extra = at + 46 + nameLength;
    const [size, compressedSize, header] = wideNumbers(
      [24, 20, 42].map((field) => view.getUint32(at + field, true)),
      new DataView(bytes.buffer, bytes.byteOffset + extra, Math.min(extraLength, bytes.length - extra)),
      name,
    );
    const packed = contentAt(bytes, view, header, compressedSize, name);
    const content = await unpacked(packed, view.getUint16(at + 10, true), name);
    if (content.length !== size || crc32(content) !== checksum) {
      throw new RangeError(`${name} is not what was packed: its checksum is another`);
    }
    files.set(name, content);
    at += 46 + nameLength + extraLength + commentLength;
  }
  return files;
}

/** Size, packed size and place of a file: those that do not fit into 32 bits stand in its extra field 1, in this order. */
function wideNumbers(narrow: readonly number[], extra: DataView, name: string): number[] {
  if (!narrow.includes(inWideField)) return [...narrow];
  let at = 0;
  while (at + 4 <= extra.byteLength && extra.getUint16(at, true) !== 1)
    at += 4 + extra.getUint16(at + 2, true);
  at += 4;
  return narrow.map((number) => {
    if (number !== inWideField) return number;
    if (at + 8 > extra.byteLength) throw new RangeError(`the size of ${name} is missing`);
    const wide = Number(extra.getBigUint64(at, true));
    at += 8;
    return wide;
  });
}

/**
 * A zip archive of these files, deflated; without dates, so that equal files give equal bytes.
 *
 * @throws RangeError with 65,535 files or more, or when they, or what they are packed into, take 4 GiB
 */
export async function writeZip(files: ReadonlyMap<string, Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  assertBelow(inWideCount, files.size, 'files');
  for (const [name, content] of files) {
    assertBelow(inWideField, content.length, `bytes of ${name}`);
    const nameBytes = new TextEncoder().encode(name);
    const packed = await through(new CompressionStream('deflate-raw'), content);
    // Version 2.0, no flags, deflated, 1 January 1980, checksum, sizes, length of the name, no extra field.
    const common = record(
      ...[
        [2, 20],
        [2, 0],
        [2, deflated],
        [2, 0],
        [2, 0x21],
        [4, crc32(content)],
        [4, packed.length],
        [4, content.length],
        [2, nameBytes.length],
        [2, 0],
      ],
    );
    const local = [record([4, localHeader]), common, nameBytes, packed];
    // No comment, first disk, binary content, no permissions, where the file starts.
    const rest = record([2, 0], [2, 0], [2, 0], [4, 0], [4, offset]);
    directory.push(record([4, directoryEntry], [2, 20]), common, rest, nameBytes);
    parts.push(...local);
    offset += lengthOf(local);
    assertBelow(inWideField, offset, 'bytes');
  }
  const size = lengthOf(directory);
  const end = record(
    ...[
      [4, endOfDirectory],
      [2, 0],
      [2, 0],
      [2, files.size],
      [2, files.size],
      [4, size],
      [4, offset],
      [2, 0],
    ],
  );
  return joinBytes([...parts, ...directory, end]);
}

function assertBelow(limit: number, number: number, what: string): void {
  if (number < limit) return;
  throw new RangeError(`a zip archive takes fewer than ${limit} ${what}, got ${number}; write several`);
}

function contentAt(
  bytes: Uint8Array,
  view: DataView,
  header: number,
  size: number,
  name: string,
): Uint8Array {
  if (header + 30 > bytes.length || view.getUint32(header, true) !== localHeader) {
    throw new RangeError(`${name} is not where it is listed`);
  }
  const start = header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
  if (start + size > bytes.length) throw new RangeError(`it ends within ${name}`);
  return bytes.subarray(start, start + size);
}

async function unpacked(packed: Uint8Array, method: number, name: string): Promise<Uint8Array> {
  if (method === stored) return packed;
  if (method !== deflated) throw new RangeError(`${name} is compressed by method ${method}, not deflated`);
  try {
    return await through(new DecompressionStream('deflate-raw'), packed);
  } catch (cause) {
    // What is inflated is put together in one array.
    const problem =
      cause instanceof RangeError
        ? 'is larger than what one array holds; pack fewer numbers'
        : 'cannot be inflated';
    throw new RangeError(`${name} ${problem}`, { cause });
  }
}

/** Where the record at the end of an archive starts: 22 bytes and a comment of up to 64 kB. */
function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - 22 - 0xffff);
  for (let at = view.byteLength - 22; at >= first; at--) {
    if (view.getUint32(at, true) === endOfDirectory) return at;
  }
  throw new RangeError('the list of files at its end is missing');
}

/** How many files there are, and where the first is listed: with more than 65,534 or beyond 4 GiB in a wide record before the end. */
function findDirectory(view: DataView, end: number): { files: number; start: number } {
  const files = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  if (files !== inWideCount && start !== inWideField) return { files, start };
  const locator = end - 20;
  const isThere = locator >= 0 && view.getUint32(locator, true) === wideEndLocator;
  const at = isThere ? Number(view.getBigUint64(locator + 8, true)) : -1;
  if (at < 0 || at + 56 > locator || view.getUint32(at, true) !== wideEndOfDirectory) {
    throw new RangeError('the number of its files is missing');
  }
  return {
    files: Number(view.getBigUint64(at + 32, true)),
    start: Number(view.getBigUint64(at + 48, true)),
  };
}

async function through(
  stream: { readonly readable: ReadableStream<Uint8Array>; readonly writable: WritableStream },
  bytes: Uint8Array,
): Promise<Uint8Array> {
  const writer = stream.writable.getWriter();
  // A failure to write is a failure to read, too, and is caught there.
  const written = writer
    .write(bytes)
    .then(() => writer.close())
    .catch(() => undefined);
  const parts: Uint8Array[] = [];
  const reader = stream.readable.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) parts.push(part.value);
  await written;
  return joinBytes(parts);
}

/** Little-endian numbers of 2 or 4 bytes. */
function record(...fields: readonly (readonly number[])[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, [width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, value] of fields) {
    if (width === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += width;
  }
  return bytes;
}

function lengthOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) value = (value >>> 8) ^ crcTable[(value ^ bytes[i]) & 255];
  return ~value >>> 0;
}
