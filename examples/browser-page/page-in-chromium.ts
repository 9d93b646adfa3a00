/** What the tests of the page share: Chromium, the same run in Node, and how far the two may part. */
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { TrainingResult } from '@dist-gan/trainer';
import { findChromium } from '../../tooling/test/chromium.mjs';
import { train } from './page/training.mjs';
import { bundlePage, servePage } from './site.mjs';

const executablePath = findChromium();
export const seed = 2;

/**
 * Adam's first steps divide a gradient by its own size: where it is hardly more than rounding, engines that round in another
 * order part by a share of the learning rate (0.004), ten times as far with every step. Seen of losses: 3.8e-5 after five
 * steps on wasm, 2.6e-5 after one and 3e-4 after two on the emulated WebGPU, of which one is compared therefore.
 */
export const engines = { losses: 1e-4, weights: 1e-3 };

interface Run {
  /** Of every step. */
  readonly losses: readonly Record<string, number>[];
  /** Of every network at the end, weight after weight. */
  readonly weights: Readonly<Record<string, readonly (readonly number[])[]>>;
}

/**
 * Tests of the page, which is served while they run.
 *
 * @param tests are given the address of the page for a query
 */
export function describePage(tests: (addressOf: (query: string) => string) => void): void {
  describe.skipIf(executablePath === undefined)('the page in Chromium', () => {
    // Of its own: files of tests run side by side.
    let site = '';
    let server: Server;
    beforeAll(async () => {
      site = mkdtempSync(join(tmpdir(), 'dist-gan-page-'));
      await bundlePage(site);
      server = await servePage(0, site);
    });
    afterAll(() => {
      server?.close();
      rmSync(site, { recursive: true, force: true });
    });
    tests((query) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/?${query}`);
  });
}

export async function inChromium(
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
export function runOf(page: Page): Promise<Run> {
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

export async function runInNode(steps: number): Promise<Run> {
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

/** Every loss of every step, and 99 of 100 weights, to the given distance, relative where a number is above 1. */
export function expectClose(actual: Run, wanted: Run, tolerance: { losses: number; weights: number }): void {
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
