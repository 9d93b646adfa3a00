/** Headers have one block, contents as many whole ones as they need. */
const blockBytes = 512;
/** Type flags of what has no content, whatever its size says: links, devices, folders, pipes. */
const bodyless = '123456';
/** Type flags of entries that tell of the next: its long name, its extended attributes. */
const telling = 'LKgx';
/** Why a sparse file is not whole. */
export const sparse = 'is packed as a sparse file, whose holes are not in the archive';
const partial: ReadonlyMap<string, string> = new Map([
  ['S', sparse],
  ['M', 'begins in another volume of the archive'],
]);

/** Of a file in an archive, only a part is there. */
export class PartialFileError extends RangeError {
  constructor(name: string, reason: string) {
    super(`${name} ${reason}`);
  }
}

/**
 * Passes a tar archive on as it is, until a file whose content is not whole in it. `modern-tar` takes flags that it does not know
 * for plain files, as POSIX says, and would write what is packed of such a file as if it were all.
 *
 * @throws PartialFileError at an old sparse entry of GNU tar (flag `S`), and at the rest of a file from another volume (`M`)
 */
export async function* wholeFilesOnly(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let pending = Buffer.alloc(0);
  let contentLeft = 0;
  let sizeFromAttributes: number | undefined;
  for await (const piece of pieces) {
    pending = Buffer.concat([pending, piece]);
    for (;;) {
      const passed = Math.min(contentLeft, pending.length);
      pending = pending.subarray(passed);
      contentLeft -= passed;
      if (pending.length < blockBytes) break;

      const type = String.fromCharCode(pending[156]);
      const reason = partial.get(type);
      if (reason !== undefined) throw new PartialFileError(textAt(pending, 0, 100), reason);
      let size = bodyless.includes(type) ? 0 : sizeIn(pending);
      if (type === 'x') {
        if (pending.length < blockBytes + size) break;
        sizeFromAttributes = sizeAmong(pending.subarray(blockBytes, blockBytes + size));
      } else if (!telling.includes(type)) {
        if (!bodyless.includes(type)) size = sizeFromAttributes ?? size;
        sizeFromAttributes = undefined;
      }
      contentLeft = blockBytes + Math.ceil(size / blockBytes) * blockBytes;
    }
    yield piece;
  }
}

/** In octal digits, or from 8 GiB on in binary, as GNU tar writes it. What is no number is refused by whoever reads on. */
function sizeIn(header: Buffer): number {
  if (header[124] >= 0x80) return Number(header.readBigUInt64BE(128));
  return Number.parseInt(textAt(header, 124, 12).trim(), 8) || 0;
}

/** Of records `<length> <key>=<value>\n`, the last that has the key `size`. */
function sizeAmong(attributes: Buffer): number | undefined {
  let size: number | undefined;
  for (let at = 0; at < attributes.length;) {
    const length = Number.parseInt(attributes.toString('latin1', at, at + 20), 10);
    if (!(length > 0)) break;
    const record = /^\d+ size=(\d+)\n$/.exec(attributes.toString('latin1', at, at + length));
    if (record !== null) size = Number(record[1]);
    at += length;
  }
  return size;
}

function textAt(bytes: Buffer, start: number, length: number): string {
  return bytes.toString('utf8', start, start + length).replace(/\0.*$/s, '');
}
