import type { MatrixEngine } from '../matrix-engine.js';
import { product } from '../product.js';

/** For how long products are made before timers and signals get their turn: a turn takes a millisecond, many products less. */
const millisecondsAtOnce = 20;

/** Matrix products by the package's own loops in WebAssembly: on one thread, everywhere, nothing to install. */
export function ownEngine(): MatrixEngine {
  let since = -Infinity;
  return {
    id: 'webassembly',
    product: async ({ a, b, depth, into }) => {
      if (performance.now() - since > millisecondsAtOnce) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        since = performance.now();
      }
      return product(a, b, depth, into);
    },
  };
}
