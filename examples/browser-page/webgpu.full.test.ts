/** The page on WebGPU, emulated by SwiftShader on the processor: minutes on a busy machine, so `npm run test:full` has it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  engines,
  executablePath,
  expectClose,
  inChromium,
  runInNode,
  runOf,
  seed,
  servedPage,
} from './page-in-chromium.js';

describe.skipIf(executablePath === undefined)('the page in Chromium', () => {
  let served: Awaited<ReturnType<typeof servedPage>>;
  let origin: string;
  beforeAll(async () => {
    served = await servedPage();
    origin = served.origin;
  });
  afterAll(() => served?.close());

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
