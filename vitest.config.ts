import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/** In-repository imports resolve to TypeScript source, so tests need no build. */
const conditions = ['@dist-gan/source', 'import', 'module', 'node', 'default'];

/** Packages whose tests never touch a tensor: they skip loading TensorFlow.js. */
const plain = ['core', 'datasets', 'metrics', 'viewer', 'sweeps', 'queue'];

/** The parts of those packages that do. */
const tensorParts = ['packages/metrics/src/extractors/**/*.test.ts'];

/**
 * Tests of what a program finds that imports nothing else: each file in a process of its own, without the setup
 * file, whose tfjs-layers registers the gradients that tfjs-core alone does not have.
 */
const fresh = 'packages/*/src/**/*.fresh.test.ts';

/** Where a checkout may have real data beside it. */
const dataFolder = resolve(import.meta.dirname, '../shared/data');

/** Tests that take long; `npm run test:full` has them. */
const long = process.env.DIST_GAN_TESTS === 'full' ? [] : ['**/*.full.test.ts'];

const shared = {
  env: {
    // Tests that name no target mean ONNX Runtime, also where TensorFlow is installed.
    DIST_GAN_TARGET: 'onnx',
    ...(process.env.DIST_GAN_DATA === undefined && existsSync(dataFolder) && { DIST_GAN_DATA: dataFolder }),
  },
  exclude: ['**/node_modules/**', '**/dist/**', ...long],
  clearMocks: true,
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    // Vitest keeps one core for itself, which is half of two.
    maxWorkers: availableParallelism(),
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: 'plain',
          include: [`packages/{${plain.join()}}/src/**/*.test.ts`, 'tooling/**/*.test.ts'],
          exclude: [...shared.exclude, ...tensorParts],
          setupFiles: ['tooling/test/properties.ts'],
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'tensors',
          include: [
            `packages/!(${plain.join('|')})/src/**/*.test.ts`,
            'examples/*/*.test.ts',
            ...tensorParts,
          ],
          exclude: [...shared.exclude, fresh],
          setupFiles: ['tooling/test/setup.ts', 'tooling/test/properties.ts'],
        },
      },
      {
        extends: true,
        test: { ...shared, name: 'fresh', include: [fresh], pool: 'forks', isolate: true },
      },
    ],
  },
});
