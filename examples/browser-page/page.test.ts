/**
 * The page in headless Chromium, held to the same run in Node: other engines (wasm and WebGPU against the native
 * CPU), same source, same seed.
 *
 * Five steps: engines add in another order, and Adam divides a gradient by its own size, so that a rounding of a
 * gradient near 0 can become a step of the whole learning rate. From about the tenth step on two engines go apart.
 */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import {
  describePage,
  engines,
  expectClose,
  inChromium,
  runInNode,
  runOf,
  seed,
} from './page-in-chromium.js';

describePage((addressOf) => {
  it('trains as Node does, and draws it', { timeout: 120_000 }, async () => {
    await inChromium([], async (page, complaints) => {
      await page.goto(addressOf(`seed=${seed}&steps=5&every=5`));
      const [inPage, inNode] = [await runOf(page), await runInNode(5)];

      expectClose(inPage, inNode, engines);
      expect(await page.textContent('#step')).toBe('5 of 5');
      expect(await page.textContent('#engine')).toMatch(/^ONNX Runtime .*, wasm$/);
      expect(await colouredPixels(page)).toBeGreaterThan(500);
      // An address that somebody has mistyped.
      await page.goto(addressOf('steps=many'));
      await page.waitForSelector('#notice:not([hidden])');
      expect(await page.textContent('#notice')).toMatch(/steps: must be a whole number/);
      expect(complaints).toEqual([]);
    });
  });

  it(
    'says so where there is no WebGPU, and does not train on something else',
    { timeout: 120_000 },
    async () => {
      await inChromium(['--disable-features=WebGPUService', '--disable-gpu'], async (page) => {
        await page.goto(addressOf('device=webgpu&steps=1'));
        await page.waitForSelector('#notice:not([hidden])');
        expect(await page.textContent('#notice')).toMatch(/there is no WebGPU device here/);
        expect(await page.textContent('#step')).toBe('ended');
        expect(await colouredPixels(page)).toBe(0);
      });
    },
  );
});

/** Solid pixels of the plane that are not grey: generated points and the rings of covered modes. */
function colouredPixels(page: Page): Promise<number> {
  return page.locator('#plane').evaluate((canvas: unknown) => {
    const plane = canvas as Canvas;
    const { data } = plane.getContext('2d').getImageData(0, 0, plane.width, plane.height);
    let coloured = 0;
    for (let i = 0; i < data.length; i += 4) {
      const pixel = data.subarray(i, i + 3);
      if (data[i + 3] > 127 && Math.max(...pixel) - Math.min(...pixel) > 60) coloured++;
    }
    return coloured;
  });
}

/** The part of a canvas that is used here; Node's types know no page. */
interface Canvas {
  readonly width: number;
  readonly height: number;
  getContext(kind: '2d'): {
    getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
  };
}
