/** The laboratory as it opens, trained to its end: minutes, on a busy machine many, so `npm run test:full` has it. */
import { expect, it } from 'vitest';
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
});
