export { aeOt } from './ae-ot/ae-ot.js';
export type { AeOtOptions } from './ae-ot/ae-ot-options.js';
export { aeOtGan, type AeOtGanOptions } from './ae-ot/ae-ot-gan.js';
export type { AdamMethodOptions } from './options/adam.js';
export * from './methods.js';
export { recipes } from './recipes.js';
export * from './regularisers/regularisers.js';
export type { RegulariserList } from './composition/regulariser-list.js';
