/**
 * The page's script and style sheet as texts, bundled when this module is loaded: that is for tests, which run from
 * source. The build replaces this module by one that holds what it exports (see tsup.config.ts); esbuild is not needed
 * then.
 */
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const page = fileURLToPath(new URL('../../page', import.meta.url));

function bundle(file: string): string {
  const { outputFiles } = buildSync({
    absWorkingDir: page,
    entryPoints: [file],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    conditions: ['@dist-gan/source'],
    logLevel: 'warning',
  });
  return outputFiles[0].text.trim();
}

export const script = bundle('main.ts');
export const style = bundle('style.css');
