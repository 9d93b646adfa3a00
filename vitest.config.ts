import { defineConfig } from 'vitest/config';

/** In-repository imports resolve to TypeScript source, so tests need no build. */
const conditions = ['@dist-gan/source', 'import', 'module', 'node', 'default'];

/** Packages whose tests never touch a tensor: they skip loading TensorFlow.js. */
const plain = ['core', 'datasets', 'metrics'];
const plainTests = [...plain.map((name) => `packages/${name}/src/**/*.test.ts`), 'tooling/**/*.test.ts'];

const shared = {
  exclude: ['**/node_modules/**', '**/dist/**'],
  clearMocks: true,
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    projects: [
      { extends: true, test: { ...shared, name: 'plain', include: plainTests } },
      {
        extends: true,
        test: {
          ...shared,
          name: 'tensors',
          include: ['packages/*/src/**/*.test.ts'],
          exclude: [...shared.exclude, ...plainTests],
          setupFiles: ['tooling/test/setup.ts'],
        },
      },
    ],
  },
});
