import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';
import { importDirections, testOnlyImports } from './tooling/lint/import-directions.mjs';
import { noCircles } from './tooling/lint/no-circles.mjs';

const packageNames = Object.keys(importDirections);

/** The packages that one may not import; ESLint accepts no empty group. */
function forbiddenPackages(name, allowed) {
  const others = packageNames.filter((other) => other !== name && !allowed.includes(other));
  if (others.length === 0) return [];
  return [
    {
      group: others.map((other) => `@dist-gan/${other}`),
      message: `${name} may import ${allowed.join(', ') || 'no other package'}; see tooling/lint/import-directions.mjs`,
    },
  ];
}

/** One block per package: importing a package that its row of the table does not name is an error. */
const boundaries = packageNames.flatMap((name) => {
  const forbid = (allowed) => ({
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          ...forbiddenPackages(name, allowed),
          { group: ['@tensorflow/*/dist/**'], message: 'never import from inside a TensorFlow.js package' },
          {
            group: packageNames.map((other) => `**/${other}/test/**`),
            message:
              "a package's test/ is its own; what others need is published as @dist-gan/testing/..., or lies in tooling",
          },
        ],
      },
    ],
  });
  const inSource = importDirections[name];
  const inTests = [...inSource, ...(testOnlyImports[name] ?? []), 'testing'];
  return [
    { files: [`packages/${name}/{src,page}/**/*.ts`], rules: forbid(inSource) },
    { files: [`packages/${name}/src/**/*.test.ts`], rules: forbid(inTests) },
  ];
});

const compilerLayers = [
  'graph',
  'emitters',
  'operations',
  'kernels',
  'passes',
  'record',
  'targets',
  'compile',
];

export default defineConfig(
  globalIgnores([
    'api/**',
    '**/node_modules',
    '**/dist',
    '**/coverage',
    'runs',
    '**/.venv',
    '**/.turbo',
    'docs/.vitepress/cache',
  ]),
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [
          './tsconfig.json',
          './packages/viewer/page/tsconfig.json',
          './examples/laboratory/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    ignores: ['**/*.test.ts', '**/testing/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'CallExpression[callee.name=/^mkdir/] Property[key.name="recursive"]',
          message: "Node's recursive mkdir does not end on /proc; use makeFolder of @dist-gan/core",
        },
      ],
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        fetch: 'readonly',
        performance: 'readonly',
        setTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        Buffer: 'readonly',
      },
    },
  },
  {
    files: ['examples/browser-page/page/*.mjs'],
    languageOptions: {
      globals: {
        document: 'readonly',
        location: 'readonly',
        getComputedStyle: 'readonly',
        AbortController: 'readonly',
        URLSearchParams: 'readonly',
      },
    },
  },
  ...boundaries,
  {
    files: ['**/*.ts', '**/*.mjs'],
    // Nothing imports a test.
    ignores: ['**/*.test.ts'],
    plugins: { house: { rules: { 'no-circles': noCircles } } },
    rules: { 'house/no-circles': 'error' },
  },
  {
    // The compiler points one way: each of these folders may import from those before it.
    files: ['packages/compiler/src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/extensions': ['.ts'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/resolver-next': [
        createNodeResolver({
          conditionNames: ['@dist-gan/source', 'import', 'node', 'default'],
          extensions: ['.ts'],
          extensionAlias: { '.js': ['.ts', '.js'] },
        }),
      ],
    },
    rules: {
      'import-x/no-restricted-paths': [
        'error',
        {
          zones: compilerLayers.flatMap((layer, at) =>
            compilerLayers.slice(at + 1).map((later) => ({
              target: `./packages/compiler/src/${layer}`,
              from: `./packages/compiler/src/${later}`,
              message: `${layer} comes before ${later}; see "How it is built" in the README of @dist-gan/compiler`,
            })),
          ),
        },
      ],
    },
  },
);
