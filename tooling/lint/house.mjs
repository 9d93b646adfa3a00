/** Rules of this house, for oxlint: see .oxlintrc.json. */
import { onlyAllowedImports } from './only-allowed-imports.mjs';
import { noCircles } from './no-circles.mjs';
import { noRecursiveMkdir } from './no-recursive-mkdir.mjs';

export default {
  meta: { name: 'house' },
  rules: {
    'only-allowed-imports': onlyAllowedImports,
    'no-circles': noCircles,
    'no-recursive-mkdir': noRecursiveMkdir,
  },
};
