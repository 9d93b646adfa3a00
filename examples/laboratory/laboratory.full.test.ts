/** The preset of the page: minutes, on a busy machine many, so `npm run test:full` has it. */
import { expect, it } from 'vitest';
import { covered, describeLaboratory } from './laboratory-in-chromium.js';

/** Seen were 22 to 24: see README.md. */
const nearlyAll = 20;

describeLaboratory((visit) => {
  it('trains the 25 Gaussians to nearly all of their modes', { timeout: 3_600_000 }, async () => {
    await visit('index.html', async ({ page, complaints }) => {
      await page.click('#train');
      await page.waitForSelector('body[data-state=finished]', { timeout: 3_500_000 });
      expect(await covered(page)).toBeGreaterThanOrEqual(nearlyAll);
      expect(complaints).toEqual([]);
    });
  });
});
