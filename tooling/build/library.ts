import { defineConfig, type Options } from 'tsup';
import { writeDeclarations, type Entries } from './declarations.js';

/** The one way a package of this workspace is built: ESM with source maps, bundled by entry, and declarations. */
export function library(
  overrides: Omit<Options, 'dts' | 'entry'> & { readonly entry?: Entries } = {},
): ReturnType<typeof defineConfig> {
  const entry: Entries = overrides.entry ?? ['src/index.ts'];
  return defineConfig({
    format: 'esm',
    target: 'node20',
    platform: 'neutral',
    sourcemap: true,
    // The sources are in the package; maps point at them.
    esbuildOptions: (options) => {
      options.sourcesContent = false;
      // esbuild takes the folder that its process was started in, which is another where one process builds many packages.
      options.absWorkingDir = process.cwd();
    },
    clean: true,
    // Internal packages stay imports: bundling one into another would duplicate its classes.
    skipNodeModulesBundle: true,
    onSuccess: async () => writeDeclarations(entry),
    ...overrides,
    entry,
  });
}
