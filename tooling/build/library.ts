import { defineConfig, type Options } from 'tsup';

/** The one way a package of this workspace is built: ESM, with declarations and source maps. */
export function library(overrides: Options = {}): ReturnType<typeof defineConfig> {
  return defineConfig({
    entry: ['src/index.ts'],
    format: 'esm',
    target: 'node20',
    platform: 'neutral',
    dts: true,
    sourcemap: true,
    clean: true,
    // Internal packages stay imports: bundling one into another would duplicate its classes.
    skipNodeModulesBundle: true,
    ...overrides,
  });
}
