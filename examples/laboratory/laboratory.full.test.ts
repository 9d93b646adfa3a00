/** The preset of the page to its end: minutes on a busy machine, so `npm run test:full` has it. */
import { expect, it } from 'vitest';
import { covered, describeLaboratory } from './laboratory-in-chromium.js';

describeLaboratory((visit) => {
  it('trains the 25 Gaussians to 25 modes', { timeout: 1_800_000 }, async () => {
    await visit('index.html', async ({ page, complaints }) => {
      await page.click('#train');
      await page.waitForSelector('body[data-state=training]', { timeout: 120_000 });
      await page.waitForSelector('body[data-state=finished]', { timeout: 1_600_000 });
      expect(await covered(page)).toBe(25);
      expect(complaints).toEqual([]);
    });
  });
});
