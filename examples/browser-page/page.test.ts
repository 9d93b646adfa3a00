/**
 * The page in headless Chromium, held to the same run in Node: other engines (wasm and WebGPU against the native
 * CPU), same source, same seed.
 *
 * Five steps: engines add in another order, and Adam divides a gradient by its own size, so that a rounding of a
 * gradient near 0 can become a step of the whole learning rate. From about the tenth step on two engines go apart.
 */
import type { AddressInfo, Server } from 'node:net';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrainingResult } from '@dist-gan/trainer';
import { findChromium } from '../../tooling/test/chromium.js';
import { train } from './page/training.mjs';
import { bundlePage, servePage } from './site.mjs';

const executablePath = findChromium();
const seed = 2;

/**
 * Adam's first steps divide a gradient by its own size: where it is hardly more than rounding, engines that round in another
 * order part by a share of the learning rate (0.004), ten times as far with every step. Seen of losses: 3.8e-5 after five
 * steps on wasm, 2.6e-5 after one and 3e-4 after two on the emulated WebGPU, of which one is compared therefore.
 */
const engines = { losses: 1e-4, weights: 1e-3 };

interface Run {
  /** Of every step. */
  readonly losses: readonly Record<string, number>[];
  /** Of every network at the end, weight after weight. */
  readonly weights: Readonly<Record<string, readonly (readonly number[])[]>>;
}

describe.skipIf(executablePath === undefined)('the page in Chromium', () => {
  let server: Server;
  let origin: string;
  beforeAll(async () => {
    await bundlePage();
    server = await servePage(0);
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(() => void server?.close());

  it('trains as Node does, and draws it', { timeout: 120_000 }, async () => {
    await inChromium([], async (page, complaints) => {
      await page.goto(`${origin}?seed=${seed}&steps=5&every=5`);
      const [inPage, inNode] = [await runOf(page), await runInNode(5)];

      expectClose(inPage, inNode, engines);
      expect(await page.textContent('#step')).toBe('5 of 5');
      expect(await page.textContent('#engine')).toMatch(/^ONNX Runtime .*, wasm$/);
      expect(await colouredPixels(page)).toBeGreaterThan(500);
      expect(complaints).toEqual([]);
    });
  });

  it(
    'says so where there is no WebGPU, and does not train on something else',
    { timeout: 120_000 },
    async () => {
      await inChromium(['--disable-features=WebGPUService', '--disable-gpu'], async (page) => {
        await page.goto(`${origin}?device=webgpu&steps=1`);
        await page.waitForSelector('#notice:not([hidden])');
        expect(await page.textContent('#notice')).toMatch(/there is no WebGPU device here/);
        expect(await page.textContent('#step')).toBe('ended');
        expect(await colouredPixels(page)).toBe(0);
      });
    },
  );

  it('trains on WebGPU, emulated on the CPU', { timeout: 240_000 }, async () => {
    const flags = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
    await inChromium(flags, async (page) => {
      await page.goto(`${origin}?device=webgpu&seed=${seed}&steps=1&every=1`);
      const [inPage, inNode] = [await runOf(page), await runInNode(1)];
      expectClose(inPage, inNode, engines);
      expect(await page.textContent('#engine')).toMatch(/webgpu$/);
    });
  });
});

async function inChromium(
  flags: readonly string[],
  use: (page: Page, complaints: readonly string[]) => Promise<void>,
): Promise<void> {
  const browser: Browser = await chromium.launch({ executablePath, args: [...flags] });
  try {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    await use(page, complaints);
  } finally {
    await browser.close();
  }
}

/** Waits for the end of the run in the page. */
function runOf(page: Page): Promise<Run> {
  return page.evaluate(async () => {
    type Training = { losses: Run['losses'] } & ({ result: TrainingResult } | { error: Error });
    const ended = await (globalThis as unknown as { training: Promise<Training> }).training;
    if ('error' in ended) throw ended.error;
    const weights = Object.entries(ended.result.networks).map(([role, network]) => [
      role,
      network.getWeights().map((weight) => Array.from(weight.dataSync())),
    ]);
    return { losses: ended.losses, weights: Object.fromEntries(weights) as Run['weights'] };
  });
}

async function runInNode(steps: number): Promise<Run> {
  const losses: Record<string, number>[] = [];
  const result = await train({
    seed,
    steps,
    every: steps,
    compiler: {},
    callbacks: { onStep: (event: { losses: Record<string, number> }) => void losses.push(event.losses) },
    signal: undefined,
  });
  const weights = Object.entries(result.networks).map(([role, network]) => [
    role,
    network.getWeights().map((weight) => Array.from(weight.dataSync())),
  ]);
  await result.dispose();
  return { losses, weights: Object.fromEntries(weights) as Run['weights'] };
}

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

/** Every loss of every step, and 99 of 100 weights, to the given distance, relative where a number is above 1. */
function expectClose(actual: Run, wanted: Run, tolerance: { losses: number; weights: number }): void {
  const distance = (a: number, b: number) => Math.abs(a - b) / Math.max(1, Math.abs(b));
  expect(actual.losses).toHaveLength(wanted.losses.length);
  wanted.losses.forEach((losses, step) => {
    for (const [name, loss] of Object.entries(losses))
      expect(distance(actual.losses[step][name], loss), `${name} of step ${step + 1}`).toBeLessThan(
        tolerance.losses,
      );
  });
  expect(Object.keys(actual.weights)).toEqual(Object.keys(wanted.weights));
  for (const [role, weights] of Object.entries(wanted.weights)) {
    const distances = weights.flatMap((weight, i) =>
      weight.map((value, j) => distance(actual.weights[role][i][j], value)),
    );
    expect(distances.length).toBeGreaterThan(30_000);
    const apart = distances.filter((between) => !(between < tolerance.weights)).length;
    expect(apart / distances.length, `share of weights of the ${role} apart`).toBeLessThan(0.01);
  }
}
