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
});
