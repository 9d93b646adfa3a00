/** The preset of the page: minutes, on a busy machine many, so `npm run test:full` has it. */
import { expect, it } from 'vitest';
import { covered, describeLaboratory, untilState } from './laboratory-in-chromium.js';

describeLaboratory((visit) => {
  it('trains the 25 Gaussians to 25 modes', { timeout: 3_600_000 }, async () => {
    await visit('index.html', async ({ page, complaints }) => {
      await page.click('#train');
      await untilState(page, 'training');
      await expect.poll(() => covered(page), { timeout: 3_500_000, interval: 500 }).toBe(25);
      expect(complaints).toEqual([]);
    });
  });
});
