/** The laboratory as people use it, in headless Chromium: its built pages, on one processor, by wasm. */
import { readFileSync } from 'node:fs';
import axe from 'axe-core';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Download, Page } from 'playwright-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { colouredShare } from './canvas-ink.js';
import { covered, describeLaboratory, fact, untilState } from './laboratory-in-chromium.js';

/** Small enough for a few seconds on a busy machine. */
const small = 'a=r3gan&hidden=32,32&batch=32';

describeLaboratory((visit) => {
  it('trains the grid: points gather in the modes, step after step, pause after pause', async () => {
    await visit(`index.html#${small}&steps=600`, async ({ page, complaints }) => {
      expect(await page.locator('.headline').innerText()).toMatch(/^0\s+of 25 modes covered$/);
      await page.click('#step');
      await untilState(page, 'paused');
      expect(await fact(page, 'Step')).toBe(1);
      const before = await fact(page, 'Points in a mode');
      await page.click('#step');
      await expect.poll(() => fact(page, 'Step'), { timeout: 60_000 }).toBe(2);
      await page.click('#train');
      await untilState(page, 'finished');
      expect(await fact(page, 'Step')).toBe(600);
      expect(await fact(page, 'Points in a mode')).toBeGreaterThan(2 * before);
      expect(await colouredShare(page, '.plane')).toBeGreaterThan(0.02);
      expect(complaints).toEqual([]);
    });
  });

  it('trains two methods side by side, and shares what was chosen by its address', async () => {
    await visit(`index.html#data=ring&seed=7&${small}&steps=40`, async ({ page, complaints }) => {
      await page.check('#side-by-side');
      await page.selectOption('#method-1', 'wgan-gp');
      await page.fill('#method-1-gradientPenaltyWeight', '0.25');
      await page.press('#method-1-gradientPenaltyWeight', 'Tab');
      await page.click('#train');
      await untilState(page, 'finished');
      expect(await page.locator('.run h2').allInnerTexts()).toEqual(['R3GAN', 'WGAN-GP']);
      // Neither has an auto-encoder, whose loss there would be.
      const keys = await page.locator('.run:first-child .key:visible').allInnerTexts();
      expect(keys).toEqual(['discriminator', 'generator']);
      const address = page.url();
      expect(address).toContain('b.gradientPenaltyWeight=0.25');
      await visit(address, async ({ page: other }) => {
        expect(await other.locator('.run h2').allInnerTexts()).toEqual(['R3GAN', 'WGAN-GP']);
        expect(await other.inputValue('#method-1-gradientPenaltyWeight')).toBe('0.25');
        expect(await other.inputValue('#seed')).toBe('7');
        expect(await other.isChecked('#distribution-ring')).toBe(true);
      });
      expect(complaints).toEqual([]);
    });
  });

  it('learns a shape that is drawn, with the pointer and with keys', async () => {
    await visit(`index.html#${small}&steps=400`, async ({ page, complaints }) => {
      await page.check('#distribution-drawn', { force: true });
      await page.click('#train');
      expect(await page.innerText('#notice')).toBe('Nothing is drawn yet: draw a shape first.');
      const pad = (await page.locator('.pad').boundingBox())!;
      await page.mouse.move(pad.x + 0.2 * pad.width, pad.y + 0.3 * pad.height);
      await page.mouse.down();
      await page.mouse.move(pad.x + 0.8 * pad.width, pad.y + 0.3 * pad.height, { steps: 8 });
      await page.mouse.up();
      const drawn = page.url().length;
      await page.focus('.pad');
      for (const key of [' ', 'ArrowDown', 'ArrowDown', 'ArrowDown', ' ']) await page.keyboard.press(key);
      expect(page.url().length).toBeGreaterThan(drawn);
      await page.click('#train');
      await untilState(page, 'finished');
      expect(await covered(page)).toBeGreaterThan(20);
      expect(complaints).toEqual([]);
    });
  });

  it('survives a reload, is saved, and is loaded again', async () => {
    await visit(`index.html#${small}&steps=200`, async ({ page, complaints }) => {
      await page.click('#step');
      await untilState(page, 'paused');
      // What goes to a part of the page leaves the settings in its address as they are.
      await page.focus('#skip');
      await page.keyboard.press('Enter');
      expect(page.url()).toContain('steps=200');
      await page.click('#step');
      await expect.poll(() => fact(page, 'Step'), { timeout: 60_000 }).toBe(2);
      const saved = await downloadOf(page, '#save');
      await page.waitForSelector('body[data-kept="2"]');
      await page.reload();
      await untilState(page, 'paused');
      expect(await fact(page, 'Step')).toBe(2);
      await page.click('#train');
      await untilState(page, 'finished');
      const straight = await fact(page, 'Points in a mode');

      await page.click('#restart');
      await untilState(page, 'idle');
      await page.setInputFiles('#file', await saved.path());
      await untilState(page, 'paused');
      expect(await fact(page, 'Step')).toBe(2);
      await page.click('#train');
      await untilState(page, 'finished');
      expect(await fact(page, 'Points in a mode')).toBe(straight);
      expect(complaints).toEqual([]);
    });
  });

  it('keeps the run of the first of two tabs, and tells the other', async () => {
    await visit(`index.html#${small}&steps=200`, async ({ page, complaints }) => {
      await page.click('#step');
      await page.waitForSelector('body[data-kept="1"]');
      const other = await page.context().newPage();
      await other.goto(page.url());
      await other.waitForSelector('#notice:has-text("Another tab"):not([hidden])');
      await untilState(other, 'idle');
      // Another setting forgets what was kept of the one of before, and a step keeps what it made.
      await other.fill('#seed', '5');
      await other.press('#seed', 'Tab');
      await other.click('#step');
      await untilState(other, 'paused');
      await page.reload();
      await untilState(page, 'paused');
      expect(await fact(page, 'Step')).toBe(1);
      expect(await page.inputValue('#seed')).toBe('0');
      expect(complaints).toEqual([]);
    });
  });

  it('says what an old browser lacks', async () => {
    for (const address of ['index.html', 'digits.html'])
      await visit(address, async ({ page, complaints }) => {
        await page.addInitScript('delete globalThis.OffscreenCanvas');
        await page.reload();
        await page.waitForSelector('#notice:not([hidden])');
        expect(await page.innerText('#notice')).toMatch(
          /no OffscreenCanvas, .* Open the page in a newer one/,
        );
        expect(await page.isVisible('main')).toBe(false);
        expect(complaints).toEqual([]);
      });
  });

  it('exports one generator in forms that agree', async () => {
    await visit(`index.html#${small}&steps=10&waves=off`, async ({ page, complaints }) => {
      await page.click('#train');
      await untilState(page, 'finished');
      const latents = Float32Array.of(0, 0, 1, -1, -0.5, 0.25);
      const onnx = await InferenceSession.create(await fileOf(page, '[data-form=onnx]'));
      const outputs = await onnx.run({ [onnx.inputNames[0]]: new Tensor('float32', latents, [3, 2]) });
      const points = outputs[onnx.outputNames[0]].data as Float32Array;

      const files = await downloadsOf(page, '[data-form=layers-model]', 2);
      const [manifest, weights] = files.map((file) => readFileSync(file));
      const { modelTopology, weightsManifest } = JSON.parse(manifest.toString()) as tf.io.ModelJSON;
      const network = await loadLayersModel(
        tf.io.fromMemory({
          modelTopology,
          weightSpecs: weightsManifest[0].weights,
          weightData: new Uint8Array(weights).buffer,
        }),
      );
      const again = tf.tidy(() => (network.predict(tf.tensor2d(latents, [3, 2])) as tf.Tensor).dataSync());
      network.dispose();
      expect(points).toHaveLength(6);
      points.forEach((x, i) => expect(again[i]).toBeCloseTo(x, 5));
      expect(complaints).toEqual([]);
    });
  });

  it('says what it cannot read', async () => {
    await visit('index.html#seed=-1&data=cube&colour=red', async ({ page }) => {
      await page.waitForSelector('#notice:not([hidden])');
      const notice = await page.innerText('#notice');
      for (const part of ['seed=-1', 'data=cube', 'colour is no setting']) expect(notice).toContain(part);
      await page.setInputFiles('#file', {
        name: 'picture.png',
        mimeType: 'image/png',
        buffer: Buffer.from('not a run'),
      });
      await expect.poll(() => page.innerText('#notice')).toContain('picture.png');
      await page.fill('#seed', 'x');
      await page.press('#seed', 'Tab');
      expect(await page.innerText('#seed-error')).toMatch(/whole number from 0 to/);
    });
  });

  it('makes digits, walks, and reconstructs one that is drawn', async () => {
    await visit('digits.html', async ({ page, complaints }) => {
      await untilState(page, 'ready');
      const ink = () => colouredShare(page, '#walk canvas');
      await expect.poll(ink, { timeout: 30_000 }).toBeGreaterThan(0.02);
      const before = await page.inputValue('#latent-1');
      await page.focus('#place');
      await page.keyboard.press('End');
      await page.keyboard.press('PageDown');
      expect(await page.inputValue('#latent-1')).not.toBe(before);
      expect(await colouredShare(page, '#reconstruction canvas')).toBe(0);
      await page.focus('.pad');
      for (const key of [' ', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', ' '])
        await page.keyboard.press(key);
      await expect
        .poll(() => colouredShare(page, '#reconstruction canvas'), { timeout: 30_000 })
        .toBeGreaterThan(0.02);
      // An idx file of labels: 28 of them.
      const labels = Buffer.concat([Buffer.of(0, 0, 8, 1, 0, 0, 0, 28), Buffer.alloc(28)]);
      await page.setInputFiles('#file', {
        name: 'labels',
        mimeType: 'application/octet-stream',
        buffer: labels,
      });
      await expect.poll(() => page.innerText('#notice')).toMatch(/labels is no idx file of images/);
      // Networks of a training that is stopped before it has made any are still those of before.
      const digits = Buffer.concat([
        Buffer.of(0, 0, 8, 3, 0, 0, 0, 64, 0, 0, 0, 28, 0, 0, 0, 28),
        Buffer.alloc(64 * 28 * 28, 200),
      ]);
      await page.setInputFiles('#file', {
        name: 'digits',
        mimeType: 'application/octet-stream',
        buffer: digits,
      });
      await page.waitForSelector('#progress:text("Training on 64 digits.")');
      await page.click('#train');
      expect(await page.innerText('#progress')).toBe('These networks came with the page.');
      expect(complaints).toEqual([]);
    });
  });

  it('opens without a network', async () => {
    await visit(`index.html#${small}&steps=10`, async ({ page }) => {
      await expect.poll(() => page.innerText('#offline'), { timeout: 60_000 }).toMatch(/without a network/);
      await page.context().setOffline(true);
      await page.reload();
      await page.click('#train');
      await untilState(page, 'finished');
      expect(await fact(page, 'Step')).toBe(10);
    });
  });

  const screens = { desktop: { width: 1280, height: 900 }, phone: { width: 320, height: 640 } };
  const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
    Object.entries(screens).map(([screen, viewport]) => ({ colorScheme, screen, viewport })),
  );
  it.each(['index.html#b=gan&a=gn-gan&data=drawn', 'digits.html'])(
    'is reached by the keyboard as a whole, accessible, and no wider than the screen, light and dark: %s',
    async (address) => {
      await visit(address, async ({ page }) => {
        await page.waitForSelector('body:is([data-state=idle], [data-state=ready])');
        const controls = page.locator(
          'a[href], button:enabled, select, [tabindex="0"], input:not([hidden], [type=radio]:not(:checked))',
        );
        const count = await controls.count();
        expect(count).toBeGreaterThan(10);
        const seen = new Set<unknown>();
        for (let press = 0; press < count; press++) {
          await page.keyboard.press('Tab');
          seen.add(
            await controls.evaluateAll((all: unknown[]) =>
              all.indexOf((globalThis as unknown as Focus).document.activeElement),
            ),
          );
        }
        expect(seen).toEqual(new Set(Array.from({ length: count }, (_, at) => at)));

        await page.addScriptTag({ content: axe.source });
        for (const { colorScheme, screen, viewport } of looks) {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize(viewport);
          const violations = await page.evaluate(async () => {
            const results = await (globalThis as unknown as { axe: typeof axe }).axe.run();
            return results.violations.map(
              ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
            );
          });
          expect(violations, `${colorScheme}, ${screen}`).toEqual([]);
          expect(
            await page.evaluate('document.documentElement.scrollWidth - innerWidth'),
            screen,
          ).toBeLessThanOrEqual(0);
        }
      });
    },
  );
});

/** What is used of a page's global object. */
interface Focus {
  readonly document: { readonly activeElement: unknown };
}

async function downloadOf(page: Page, button: string): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(button)]);
  return download;
}

async function fileOf(page: Page, button: string): Promise<string> {
  return (await downloadOf(page, button)).path();
}

async function downloadsOf(page: Page, button: string, count: number): Promise<string[]> {
  const downloads: Download[] = [];
  const all = new Promise<void>((resolve) => {
    page.on('download', (download) => {
      if (downloads.push(download) === count) resolve();
    });
  });
  await page.click(button);
  await all;
  return Promise.all(downloads.map((download) => download.path()));
}
