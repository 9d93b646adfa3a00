/**
 * Properties are tried on the same inputs every time: what passed once passes again. `npm run test:full` tries new ones,
 * and whatever fails says its seed.
 */
import fc from 'fast-check';

if (process.env.DIST_GAN_TESTS !== 'full') fc.configureGlobal({ seed: 1 });
