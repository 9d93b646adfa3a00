import { mixtureBaselines } from './baselines.js';
import { imageBaselines } from './image-baselines.js';
import { pacganComparison } from './pacgan.js';
import { gdppComparison } from './gdpp.js';
import { gaussianRing } from './gaussian-ring.js';
import { celebaDcgan, celebaDcganReleased } from './celeba.js';
import {
  cifar10Dcgan,
  cifar10DcganConditional,
  cifar10DcganReleased,
  cifar10Infogan,
  cifar10ResnetHinge,
  cifar10ResnetHingeReleased,
  cifar10SncnnHinge,
  cifar10SncnnHingeReleased,
  cifar10SncnnLog,
  cifar10SncnnLogReleased,
} from './cifar10.js';
import { gaussian1d } from './gaussian-1d.js';
import { gaussianGrid, gaussianGridPaper } from './gaussian-grid.js';
import { gaussianPlus } from './gaussian-plus.js';
import { gaussianSine } from './gaussian-sine.js';
import { imageFolder } from './image-folder.js';
import { mnist1kHalf, mnist1kHalfReleased, mnist1kQuarter, mnist1kQuarterReleased } from './mnist-1k.js';
import { mnist, mnistConditional, mnistLatentMap, mnistMlp } from './mnist.js';
import { celebaGaan, cifar10Gaan, gaussian1dGaan, gaussianGridGaan, mnistGaan } from './gaan.js';
import {
  cifar10ResnetGnGan,
  cifar10SncnnGnGan,
  gaussian1dGnGan,
  mixtureGnGan,
  stl10ResnetGnGan,
  stl10SncnnGnGan,
} from './gn-gan.js';
import {
  stl10ResnetHinge,
  stl10ResnetHingeReleased,
  stl10SncnnHinge,
  stl10SncnnHingeReleased,
} from './stl10.js';
import { swissRoll, swissRollWganGpPaper } from './swiss-roll.js';
import type { TypedPreset } from './typed-preset.js';

/** Every preset by its id. */
export const presets = {
  'gaussian-grid': gaussianGrid,
  'gaussian-grid-paper': gaussianGridPaper,
  'gaussian-plus': gaussianPlus,
  'gaussian-sine': gaussianSine,
  'gaussian-ring': gaussianRing,
  'swiss-roll': swissRoll,
  'swiss-roll-wgan-gp-paper': swissRollWganGpPaper,
  'gaussian-1d': gaussian1d,
  mnist,
  'mnist-mlp': mnistMlp,
  'mnist-gaan': mnistGaan,
  'mnist-latent-map': mnistLatentMap,
  'mnist-conditional': mnistConditional,
  'mnist-1k-quarter': mnist1kQuarter,
  'mnist-1k-quarter-released': mnist1kQuarterReleased,
  'mnist-1k-half': mnist1kHalf,
  'mnist-1k-half-released': mnist1kHalfReleased,
  'celeba-dcgan': celebaDcgan,
  'celeba-dcgan-released': celebaDcganReleased,
  'cifar10-dcgan': cifar10Dcgan,
  'cifar10-dcgan-conditional': cifar10DcganConditional,
  'cifar10-dcgan-released': cifar10DcganReleased,
  'cifar10-infogan': cifar10Infogan,
  'cifar10-sncnn-log': cifar10SncnnLog,
  'cifar10-sncnn-log-released': cifar10SncnnLogReleased,
  'cifar10-sncnn-hinge': cifar10SncnnHinge,
  'cifar10-sncnn-hinge-released': cifar10SncnnHingeReleased,
  'cifar10-resnet-hinge': cifar10ResnetHinge,
  'cifar10-resnet-hinge-released': cifar10ResnetHingeReleased,
  'stl10-sncnn-hinge': stl10SncnnHinge,
  'stl10-sncnn-hinge-released': stl10SncnnHingeReleased,
  'stl10-resnet-hinge': stl10ResnetHinge,
  'stl10-resnet-hinge-released': stl10ResnetHingeReleased,
  'gaussian-1d-gaan': gaussian1dGaan,
  'gaussian-grid-gaan': gaussianGridGaan,
  'cifar10-gaan': cifar10Gaan,
  'celeba-gaan': celebaGaan,
  'gaussian-1d-gn-gan': gaussian1dGnGan,
  ...mixtureGnGan,
  'cifar10-sncnn-gn-gan': cifar10SncnnGnGan,
  'cifar10-resnet-gn-gan': cifar10ResnetGnGan,
  'stl10-sncnn-gn-gan': stl10SncnnGnGan,
  'stl10-resnet-gn-gan': stl10ResnetGnGan,
  ...mixtureBaselines,
  ...pacganComparison,
  ...gdppComparison,
  ...imageBaselines,
  'image-folder': imageFolder,
} as const satisfies Record<string, TypedPreset>;
