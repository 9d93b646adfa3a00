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
