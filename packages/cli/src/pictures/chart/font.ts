import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The font that the package brings, and what a reader of an SVG picture may have instead. */
export const fontFamily = 'Inter, Helvetica, Arial, sans-serif';

/**
 * Tells fontconfig, by which sharp looks for fonts on Linux, of those in `fonts/`: a machine that trains need not have any. It looks
 * when the first letter is drawn. Windows and macOS have fonts, and are asked by other ways.
 */
export function bringFont(): void {
  const folder = dirname(createRequire(import.meta.url).resolve('dist-gan/package.json'));
  process.env.FONTCONFIG_FILE ??= join(folder, 'fonts', 'fonts.conf');
}
