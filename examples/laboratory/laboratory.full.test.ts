/** The laboratory as it opens, trained to its end: minutes, on a busy machine many, so `npm run test:full` has it. */
import { expect, it } from 'vitest';
import { covered, describeLaboratory, fact, untilState } from './laboratory-in-chromium.js';

describeLaboratory((visit) => {
  it.each([
    { seed: 0, least: 25 },
    { seed: 1, least: 24 },
    { seed: 2, least: 25 },
  ])(
    'trains the 25 Gaussians to $least of 25 modes or more, over a reload: seed $seed',
    { timeout: 3_600_000 },
    async ({ seed, least }) => {
      await visit(`index.html#seed=${seed}`, async ({ page, complaints }) => {
        await page.click('#train');
        await page.waitForFunction('document.body.dataset.kept > 100', undefined, { timeout: 600_000 });
        await page.reload();
        await untilState(page, 'paused');
        expect(await fact(page, 'Step')).toBeGreaterThan(100);
        await page.click('#train');
        await page.waitForSelector('body[data-state=finished]', { timeout: 3_000_000 });
        expect(await covered(page)).toBeGreaterThanOrEqual(least);
        expect(complaints).toEqual([]);
      });
    },
  );
});
