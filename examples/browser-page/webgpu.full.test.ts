/** The page on WebGPU, emulated by SwiftShader on the processor: minutes on a busy machine, so `npm run test:full` has it. */
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
  it('trains on WebGPU, emulated on the CPU', { timeout: 240_000 }, async () => {
    const flags = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
    await inChromium(flags, async (page) => {
      await page.goto(addressOf(`device=webgpu&seed=${seed}&steps=1&every=1`));
      const [inPage, inNode] = [await runOf(page), await runInNode(1)];
      expectClose(inPage, inNode, engines);
      expect(await page.textContent('#engine')).toMatch(/webgpu$/);
    });
  });
});
