import type { OptimizerOptions } from '@dist-gan/core';
import { adam } from './adam.js';
import { rmsProp } from './rmsprop.js';
import { sgd } from './sgd.js';
import type { UpdateRule } from './weight-update.js';

export const updateRuleIds: readonly OptimizerOptions['id'][] = ['adam', 'rmsprop', 'sgd'];

/** The update rule that these options describe. */
export function updateRule(options: OptimizerOptions): UpdateRule {
  switch (options.id) {
    case 'adam':
      return adam(options);
    case 'rmsprop':
      return rmsProp(options);
    case 'sgd':
      return sgd();
  }
}
