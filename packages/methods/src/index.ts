export { distGan } from './dist-gan/dist-gan.js';
export type { DistGanOptions } from './dist-gan/options.js';
export { distGan1Fake, distGan1None, distGan1Real, distGan2, gan1, gan2 } from './dist-gan/ablations.js';
export { gan, type GanOptions } from './baselines/gan.js';
export { lsgan, type LsganOptions } from './baselines/lsgan.js';
export { wgan, type WganOptions } from './baselines/wgan.js';
export { wganGp, type WganGpOptions } from './baselines/wgan-gp.js';
export type { AdamMethodOptions } from './options/adam.js';
export { methods } from './methods.js';
