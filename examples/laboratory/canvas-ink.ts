/** What tests see of a canvas: how much of it is painted, and where. */
import type { Page } from 'playwright-core';

/** What part of a canvas is painted. */
export const colouredShare = async (page: Page, selector: string) => (await inkOf(page, selector, 1)).painted;

/** What share of a canvas's ink is in so much of it from above. */
export const upperShare = async (page: Page, selector: string, part: number) =>
  (await inkOf(page, selector, part)).upper;

/** Counts the pixels of a canvas in a copy: the page's own canvas is not made for it, and says so. */
function inkOf(page: Page, selector: string, part: number): Promise<{ painted: number; upper: number }> {
  return page
    .locator(selector)
    .first()
    .evaluate((element, upperPart) => {
      const { width, height } = element as unknown as { readonly width: number; readonly height: number };
      const { OffscreenCanvas } = globalThis as unknown as {
        readonly OffscreenCanvas: new (...size: number[]) => Copy;
      };
      const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
      context.drawImage(element, 0, 0);
      const { data } = context.getImageData(0, 0, width, height);
      const pixels = data.length / 4;
      let [painted, above, all] = [0, 0, 0];
      for (let pixel = 0; pixel < pixels; pixel++) {
        // Ink is what differs from the upper left corner: not every canvas lets the page be seen through it.
        const ink = Math.max(
          ...[0, 1, 2, 3].map((channel) => Math.abs(data[4 * pixel + channel] - data[channel])),
        );
        if (ink > 30) painted++;
        if (pixel < upperPart * pixels) above += ink;
        all += ink;
      }
      return { painted: painted / pixels, upper: above / all };
    }, part);
}

/** The part of a canvas that is used here; Node's types know no page. */
interface Copy {
  getContext(
    kind: '2d',
    options: object,
  ): {
    drawImage(image: unknown, x: number, y: number): void;
    getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
  };
}
