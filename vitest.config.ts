import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tooling/test/longest-first.js';

/** In-repository imports resolve to TypeScript source, so tests need no build. */
const conditions = ['@dist-gan/source', 'import', 'module', 'node', 'default'];

/**
 * Tests that need a process as it starts, each file in one of its own: of what a program finds that imports nothing else, and with
 * modules that others take the place of. They have no setup file, whose tfjs-layers registers the gradients that tfjs-core
 * alone does not have.
 */
const fresh = 'packages/*/src/**/*.fresh.test.ts';

/** Where a checkout may have real data beside it. */
const dataFolder = resolve(import.meta.dirname, '../shared/data');

/** Tests that take long; `npm run test:full` has them. */
const isFull = process.env.DIST_GAN_TESTS === 'full';

/** Milliseconds after which a test hangs, also on a busy machine. */
const patience = isFull ? 600_000 : 60_000;

/** Where files are to come in any order, an order of ours would be taken before it. */
const shuffles = process.argv.some((word) => word.startsWith('--sequence.shuffle'));

const shared = {
  env: {
    // Tests that name no target mean ONNX Runtime, also where TensorFlow is installed.
    DIST_GAN_TARGET: 'onnx',
    ...(process.env.DIST_GAN_DATA === undefined && existsSync(dataFolder) && { DIST_GAN_DATA: dataFolder }),
  },
  exclude: ['**/node_modules/**', '**/dist/**', ...(isFull ? [] : ['**/*.full.test.ts'])],
  clearMocks: true,
  // On a busy machine anything may take a while.
  expect: { poll: { timeout: 30_000 } },
  testTimeout: patience,
  hookTimeout: patience,
};

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    // Vitest keeps one core for itself, which is half of two. One process more than there are cores, for some files mostly wait.
    maxWorkers: availableParallelism() + 1,
    sequence: shuffles ? {} : { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: 'tests',
          include: ['packages/*/src/**/*.test.ts', 'tooling/**/*.test.ts', 'examples/*/*.test.ts'],
          exclude: [...shared.exclude, fresh],
          setupFiles: ['tooling/test/setup.ts', 'tooling/test/properties.ts'],
          // Files run one after another in the same processes: to load TensorFlow.js and the engines for each, and to have
          // their code compiled anew, took a second of each. The setup file has our own modules begin anew.
          isolate: false,
          // Recording makes many objects that do not live long: with room for them a sixteenth of the processor's time is saved.
          // Most of a test runs a few times: optimised later, another sixteenth. Later versions of V8 wait longer by themselves.
          execArgv: [
            '--max-semi-space-size=64',
            ...(process.versions.node.startsWith('20.') ? ['--interrupt-budget=1000000'] : []),
          ],
        },
      },
      {
        extends: true,
        test: { ...shared, name: 'fresh', include: [fresh], pool: 'forks', isolate: true },
      },
    ],
  },
});
