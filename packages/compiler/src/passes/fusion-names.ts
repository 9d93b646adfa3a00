/** Names of the passes of `fusions.ts`, which are loaded only for the target that has them. */
export const fusionNames = ['batchNorms', 'adamUpdates', 'rectifierGradients'] as const;

export type FusionName = (typeof fusionNames)[number];
