import type { MatrixEngine } from '../matrix-engine.js';
import { product } from '../product.js';

/** Matrix products by the package's own WebAssembly kernels: on one thread, everywhere, nothing to install. */
export function ownEngine(): MatrixEngine {
  return {
    id: 'webassembly',
    product: async ({ a, b, depth, into }) => {
      // A product takes up to a second: timers and signals get their turn before each.
      await new Promise((resolve) => setTimeout(resolve, 0));
      return product(a, b, depth, into);
    },
  };
}
