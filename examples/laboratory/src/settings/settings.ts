import type { MethodId, MethodOptions } from './methods.js';
import type { DistributionId } from '../distributions/distributions.js';

/** Everything that a page trains by: what its address says, and what a saved file begins with. */
export interface Settings {
  readonly distribution: DistributionId;
  /** Where the distribution `drawn` has its dots: x and y in turn, whole numbers from 0 to 255, y upwards. */
  readonly dots: readonly number[];
  /** All random numbers of a run come from it. */
  readonly seed: number;
  /** Training steps of a run; learning rates fall to 0 over their last two thirds. */
  readonly steps: number;
  readonly batchSize: number;
  /** Units of each hidden layer of every network. */
  readonly hiddenUnits: readonly number[];
  /** Whether every network sees sines and cosines of its input, too. */
  readonly waves: boolean;
  readonly latents: { readonly dimension: number; readonly distribution: 'uniform' | 'normal' };
  /** Where the step is computed. */
  readonly device: DeviceId;
  /** One method, or two side by side. */
  readonly methods: readonly ChosenMethod[];
}

export interface ChosenMethod {
  readonly id: MethodId;
  /** What differs from the method's defaults here. */
  readonly options: MethodOptions;
}

export const deviceIds = ['wasm', 'webgpu'] as const;
export type DeviceId = (typeof deviceIds)[number];

/** What may be chosen; others are refused, so that an address cannot ask for a page that never answers. */
export const limits = {
  seed: { low: 0, high: 4_294_967_295 },
  steps: { low: 10, high: 100_000 },
  batchSize: { low: 4, high: 512 },
  layers: { low: 1, high: 5 },
  units: { low: 4, high: 256 },
  latentDimension: { low: 1, high: 32 },
} as const;

export const defaultSettings: Settings = {
  distribution: 'grid',
  dots: [],
  seed: 0,
  steps: 8000,
  batchSize: 128,
  hiddenUnits: [64, 64, 64],
  waves: true,
  latents: { dimension: 2, distribution: 'uniform' },
  device: 'wasm',
  methods: [{ id: 'dist-gan', options: {} }],
};
