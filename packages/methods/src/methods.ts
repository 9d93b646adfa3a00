import { aae } from './baselines/aae.js';
import { ali, bigan } from './baselines/ali.js';
import { began } from './baselines/began.js';
import { dan2S, danS } from './baselines/dan.js';
import { infoGan } from './baselines/info-gan.js';
import { regGan } from './baselines/reg-gan.js';
import { veegan } from './baselines/veegan.js';
import { dragan } from './baselines/dragan.js';
import { ebgan } from './baselines/ebgan.js';
import { mdgan } from './baselines/mdgan.js';
import { r3gan } from './baselines/r3gan.js';
import { rpGan } from './baselines/rp-gan.js';
import { snGan } from './baselines/sn-gan.js';
import { unrolled } from './baselines/unrolled.js';
import { vaegan } from './baselines/vaegan.js';
import { gan } from './baselines/gan.js';
import { lsgan } from './baselines/lsgan.js';
import { wgan } from './baselines/wgan.js';
import { wganGp } from './baselines/wgan-gp.js';
import { distGan1Fake, distGan1None, distGan1Real, distGan2, gan1, gan2 } from './dist-gan/ablations.js';
import { distGan } from './dist-gan/dist-gan.js';
import { gnGan } from './gn-gan/gn-gan.js';

export { distGan } from './dist-gan/dist-gan.js';
export type { DistGanOptions } from './dist-gan/options.js';
export { distGan1Fake, distGan1None, distGan1Real, distGan2, gan1, gan2 } from './dist-gan/ablations.js';
export { gnGan, type GnGanOptions } from './gn-gan/gn-gan.js';
export { gan, type GanOptions } from './baselines/gan.js';
export { lsgan, type LsganOptions } from './baselines/lsgan.js';
export { wgan, type WganOptions } from './baselines/wgan.js';
export { wganGp, type WganGpOptions } from './baselines/wgan-gp.js';
export { dragan, type DraganOptions } from './baselines/dragan.js';
export { snGan, type SnGanOptions } from './baselines/sn-gan.js';
export { rpGan, type RpGanOptions } from './baselines/rp-gan.js';
export { r3gan, type R3ganOptions } from './baselines/r3gan.js';
export { ebgan, type EbganOptions } from './baselines/ebgan.js';
export { began, type BeganOptions } from './baselines/began.js';
export { ali, bigan, type AliOptions } from './baselines/ali.js';
export { vaegan, type VaeganOptions } from './baselines/vaegan.js';
export { mdgan, type MdganOptions } from './baselines/mdgan.js';
export { aae, type AaeOptions } from './baselines/aae.js';
export { danS, dan2S, type Dan2SOptions, type DanSOptions } from './baselines/dan.js';
export { infoGan, type InfoGanOptions } from './baselines/info-gan.js';
export { regGan, type RegGanOptions } from './baselines/reg-gan.js';
export { veegan, type VeeganOptions } from './baselines/veegan.js';
export { unrolled, type UnrolledOptions } from './baselines/unrolled.js';

/** Every method of this package by its id, for config files and command lines. */
export const methods = {
  'dist-gan': distGan,
  'dist-gan-1-real': distGan1Real,
  'dist-gan-1-fake': distGan1Fake,
  'dist-gan-1-none': distGan1None,
  'dist-gan-2': distGan2,
  'gn-gan': gnGan,
  'gan-1': gan1,
  'gan-2': gan2,
  gan,
  lsgan,
  wgan,
  'wgan-gp': wganGp,
  dragan,
  'sn-gan': snGan,
  'rp-gan': rpGan,
  r3gan,
  ebgan,
  began,
  ali,
  bigan,
  vaegan,
  mdgan,
  'reg-gan': regGan,
  veegan,
  'dan-s': danS,
  'dan-2s': dan2S,
  'info-gan': infoGan,
  aae,
  unrolled,
} as const;
