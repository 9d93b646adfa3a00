import { describe, expect, it } from 'vitest';
import { readZip, writeZip } from './zip.js';

describe('writeZip', () => {
  it('is read back, empty and long files too', async () => {
    const files = new Map([
      ['empty', new Uint8Array(0)],
      ['long', Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) >> 7)],
    ]);
    const back = await readZip(await writeZip(files));
    expect([...back.keys()]).toEqual(['empty', 'long']);
    for (const [name, content] of files) expect(Buffer.compare(back.get(name)!, content)).toBe(0);
    expect(await readZip(await writeZip(new Map()))).toEqual(new Map());
  });

  it('gives equal bytes for equal files', async () => {
    const files = () => new Map([['a', Uint8Array.of(1, 2, 3)]]);
    expect(await writeZip(files())).toEqual(await writeZip(files()));
  });
});

/** Of Python's zipfile with ZIP64_LIMIT = 10, which writes 64-bit sizes for anything longer, as it does from 2 GiB on. */
const wide = [
  '504b03042d0000000000000021002421e12bffffffffffffffff060014006d752e6e70790100100098000000000000009800',
  '000000000000934e554d5059010076007b276465736372273a20273c6638272c2027666f727472616e5f6f72646572273a20',
  '46616c73652c20277368617065273a2028332c292c207d202020202020202020202020202020202020202020202020202020',
  '2020202020202020202020202020202020202020202020202020202020202020200a0000000000000000000000000000f03f',
  '0000000000000040504b01022d032d0000000000000021002421e12bffffffffffffffff0600140000000000000000008001',
  '000000006d752e6e70790100100098000000000000009800000000000000504b06062c000000000000002d002d0000000000',
  '00000000010000000000000001000000000000004800000000000000d000000000000000504b060700000000180100000000',
  '000001000000504b0506000000000100010048000000d00000000000',
].join('');

describe('readZip', () => {
  it('notices a changed bit in every byte of what is stored', async () => {
    const archive = Buffer.from(wide, 'hex');
    // A local header has 30 bytes, the name 6 and its sizes of 64 bits 20; the list of files follows.
    for (let at = 56; at < archive.indexOf(Buffer.from('504b0102', 'hex')); at++) {
      const changed = Uint8Array.from(archive);
      changed[at] ^= 1 << (at % 8);
      await expect(readZip(changed)).rejects.toThrow('mu.npy is damaged: Invalid CRC32');
    }
  });

  it('reads sizes of 64 bits', async () => {
    const [[name, content], ...others] = await readZip(new Uint8Array(Buffer.from(wide, 'hex')));
    expect([name, others]).toEqual(['mu.npy', []]);
    expect([...new Float64Array(content.slice(128).buffer)]).toEqual([0, 1, 2]);
  });

  /** As APPNOTE.TXT of the format (4.4.1.4) has them: numbers that do not fit at the end are -1 there. */
  function withWideEnd(): Buffer {
    const bytes = Buffer.from(wide, 'hex');
    const end = bytes.length - 22;
    bytes.writeUInt16LE(0xffff, end + 10);
    bytes.writeUInt32LE(0xffffffff, end + 16);
    return bytes;
  }

  it('finds the list of files by the wide record before the end', async () => {
    expect([...(await readZip(withWideEnd())).keys()]).toEqual(['mu.npy']);
    // The place of the wide record is 20 bytes before the end: without its signature, and with a place beyond the file.
    for (const [from, to] of [
      [-42, -38],
      [-34, -26],
    ]) {
      const damaged = withWideEnd();
      damaged.subarray(from, to).fill(255);
      await expect(readZip(damaged)).rejects.toThrow(
        /^the archive is damaged: (End of Zip64 central directory locator|64-bit value)/,
      );
    }
  });

  it('names what is missing of them', async () => {
    const bytes = Buffer.from(wide, 'hex');
    // The length of the extra field in the list of files.
    const entry = bytes.indexOf(Buffer.from('504b0102', 'hex'));
    bytes.writeUInt16LE(0, entry + 30);
    await expect(readZip(bytes)).rejects.toThrow('mu.npy is damaged: Zip64 extra field not found');
  });
});
