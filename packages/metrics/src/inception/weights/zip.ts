const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const localHeader = 0x04034b50;

/**
 * The files of a zip archive whose files are stored, not compressed, as PyTorch writes them.
 *
 * @throws RangeError when it is cut off, compressed, or larger than 4 GB
 */
export function readStoredZip(bytes: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const files = new Map<string, Uint8Array>();
  let at = view.getUint32(end + 16, true);
  for (let count = view.getUint16(end + 10, true); count > 0; count--) {
    if (view.getUint32(at, true) !== directoryEntry) throw new RangeError(`no file is listed at byte ${at}`);
    const method = view.getUint16(at + 10, true);
    const size = view.getUint32(at + 20, true);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) =>
      view.getUint16(at + field, true),
    );
    const header = view.getUint32(at + 42, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    if (method !== 0) throw new RangeError(`${name} is compressed`);
    files.set(name, contentAt(bytes, view, header, size, name));
    at += 46 + nameLength + extraLength + commentLength;
  }
  return files;
}

function contentAt(
  bytes: Uint8Array,
  view: DataView,
  header: number,
  size: number,
  name: string,
): Uint8Array {
  if (view.getUint32(header, true) !== localHeader) throw new RangeError(`${name} is not where it is listed`);
  const start = header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
  if (start + size > bytes.length) throw new RangeError(`it ends within ${name}`);
  return bytes.subarray(start, start + size);
}

/** Where the record at the end of an archive starts: 22 bytes and a comment of up to 64 kB. */
function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - 22 - 0xffff);
  for (let at = view.byteLength - 22; at >= first; at--) {
    if (view.getUint32(at, true) === endOfDirectory) return at;
  }
  throw new RangeError('the list of files at its end is missing');
}
