import { readFileSync } from 'node:fs';
import * as architectures from '@dist-gan/architectures';
import * as datasets from '@dist-gan/datasets';
import * as methods from '@dist-gan/methods';
import * as metrics from '@dist-gan/metrics';
import { expect, it, vi } from 'vitest';
import * as trainer from './index.js';

const packages: Record<string, object> = {
  '@dist-gan/architectures': architectures,
  '@dist-gan/datasets': datasets,
  '@dist-gan/methods': methods,
  '@dist-gan/metrics': metrics,
  '@dist-gan/trainer': trainer,
};

it("runs the README's example, with fewer steps", async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const example = /```ts\n(.*?)```/s.exec(readme)![1];
  const code = example
    .replace("import '@tensorflow/tfjs-backend-cpu';\n", '')
    .replace(/import \{ (.*?) \} from '(.*?)';/g, "const { $1 } = packages['$2'];")
    .replace('steps: 300', 'steps: 3');
  const log = vi.fn();
  // oxlint-disable-next-line typescript/no-implied-eval -- the README is ours
  const run = new Function('packages', 'console', `return (async () => {${code}})()`) as (
    packages: object,
    console: object,
  ) => Promise<void>;
  await run(packages, { log });
  expect(log.mock.calls.map(([line]) => String(line))).toEqual([
    expect.stringMatching(/^step 3: \d+ of 25 modes$/),
    expect.stringMatching(/^[\d.]+ steps a second; the first point is [\d.e-]+, [\d.e-]+$/),
  ]);
});
