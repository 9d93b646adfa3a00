/** The laboratory trained for minutes, on a busy machine many, so `npm run test:full` has it. */
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { upperShare } from './canvas-ink.js';
import { covered, describeLaboratory, fact, untilState } from './laboratory-in-chromium.js';

describeLaboratory((visit) => {
  it.each([0, 1, 2])(
    'trains the 25 Gaussians to all 25 modes, over a reload: seed %i',
    { timeout: 3_600_000 },
    async (seed) => {
      await visit(`index.html#seed=${seed}`, async ({ page, complaints }) => {
        await page.click('#train');
        await page.waitForFunction('document.body.dataset.kept > 100', undefined, { timeout: 600_000 });
        await page.reload();
        await untilState(page, 'paused');
        expect(await fact(page, 'Step')).toBeGreaterThan(100);
        await page.click('#train');
        await page.waitForSelector('body[data-state=finished]', { timeout: 3_000_000 });
        expect(await covered(page)).toBe(25);
        console.log(seed, await fact(page, 'Points in a mode'));
        expect(complaints).toEqual([]);
      });
    },
  );

  it('trains digits on a file, and shows what its networks make of it', async () => {
    await visit('digits.html', async ({ page, complaints }) => {
      await untilState(page, 'ready');
      const choose = (name: string, buffer: Buffer) =>
        page.setInputFiles('#file', { name, mimeType: 'application/octet-stream', buffer });
      // All ink is in the upper quarter of these, a bar of one length or another: soon that of what is generated is, too.
      const bars = Array.from({ length: 200 }, (_, i) => {
        const image = Buffer.alloc(28 * 28);
        const length = 6 + ((i * 7) % 20);
        for (let y = 1; y < 6; y++) image.fill(255, 28 * y + 1, 28 * y + 1 + length);
        return image;
      });
      // Playwright does not always hear of a worker that ends as soon as it has begun.
      await page.evaluate(`
        globalThis.begun = 0;
        globalThis.Worker = class extends Worker {
          constructor(...words) {
            super(...words);
            begun++;
          }
        };
      `);
      const begun = () => page.evaluate<number>('begun');
      await choose('images.gz', gzipSync(idxOf(bars)));
      await choose('images.gz', gzipSync(idxOf(bars)));
      await untilState(page, 'training');
      // The second was chosen while the first was read: it is trained on alone.
      await expect.poll(begun, { timeout: 30_000 }).toBe(2);
      await expect.poll(() => page.workers().length).toBe(1);
      await expect
        .poll(() => upperShare(page, '#walk canvas', 0.25), { timeout: 200_000, interval: 1000 })
        .toBeGreaterThan(0.75);
      // So is that of every digit on the way between two, at another place of the walk, and of one that is drawn elsewhere.
      const middle = '#between canvas >> nth=4';
      await expect.poll(() => upperShare(page, middle, 0.25)).toBeGreaterThan(0.5);
      const before = await page.inputValue('#latent-1');
      await page.focus('#place');
      await page.keyboard.press('PageUp');
      expect(await page.inputValue('#latent-1')).not.toBe(before);
      await expect.poll(() => upperShare(page, '#walk canvas', 0.25)).toBeGreaterThan(0.5);
      await page.focus('.pad');
      for (const key of [' ', 'ArrowDown', 'ArrowDown', 'ArrowDown', ' ']) await page.keyboard.press(key);
      await expect.poll(() => upperShare(page, '#reconstruction canvas', 0.25)).toBeGreaterThan(0.5);
      await page.click('#train');
      await untilState(page, 'ready');
      expect(await page.innerText('#progress')).toMatch(/^Trained here: [\d,]+ of 4,000 steps/);
      await page.click('#own-networks');
      await expect.poll(() => upperShare(page, '#walk canvas', 0.25)).toBeLessThan(0.45);
      expect(complaints).toEqual([]);
    });
  });
});

/** Images as an idx file: its header, and one after the other. */
function idxOf(images: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(16);
  [0x00000803, images.length, 28, 28].forEach((number, at) => header.writeUInt32BE(number, 4 * at));
  return Buffer.concat([header, ...images]);
}
