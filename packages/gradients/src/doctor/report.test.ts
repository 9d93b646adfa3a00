import { expect, test } from 'vitest';
import type { GradientCheck } from './check-second-order-gradients.js';
import { formatGradientReport } from './report.js';

const right = { status: 'right', error: 3e-8 } as const;
const checks: GradientCheck[] = [
  {
    operation: 'relu',
    value: right,
    firstOrder: right,
    secondOrder: right,
    thirdOrder: right,
    maximumError: 3e-8,
    status: 'right',
  },
  {
    operation: 'avgPool (same)',
    value: right,
    firstOrder: { status: 'wrong', error: 0.2 },
    secondOrder: { status: 'throws', error: null, message: 'gradient function not found' },
    thirdOrder: { status: 'throws', error: null, message: 'gradient function not found' },
    maximumError: 0.2,
    status: 'wrong',
  },
];

test('prints a line per operation in aligned columns, and a summary', () => {
  expect(formatGradientReport(checks).split('\n')).toEqual([
    'operation       value       first order  second order  third order',
    '--------------  ----------  -----------  ------------  -----------',
    'relu            right 3e-8  right 3e-8   right 3e-8    right 3e-8',
    'avgPool (same)  right 3e-8  wrong 2e-1   throws        throws',
    '',
    '2 operations: 1 right, 1 wrong, 0 throw (error = largest difference from float64, relative to the largest number; derivatives by finite differences)',
  ]);
});
