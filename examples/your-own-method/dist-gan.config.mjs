import { featureMatching } from './feature-matching.mjs';

/** Beside the methods of dist-gan, for every `dist-gan` that is run in this folder. */
export const methods = { 'feature-matching': featureMatching };
