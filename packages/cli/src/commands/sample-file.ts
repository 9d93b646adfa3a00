import { extname, resolve } from 'node:path';
import { OptionError, type SampleBatch } from '@dist-gan/core';
import { writeNpy, writeZip } from '@dist-gan/datasets/files';
import type { ParsedArguments } from '../arguments/index.js';
import { writeOutputFile } from '../output-file.js';
import type { Terminal } from '../terminal.js';

const forms = ['.png', '.npz'];

export interface SampleFileContent {
  /** Of the file where none was named: `samples` for `samples.png`. */
  readonly name: string;
  /** A PNG file; undefined for samples that are no images. */
  readonly picture: Uint8Array | undefined;
  /** By their names in the npz file. */
  readonly arrays: Readonly<Record<string, SampleBatch>>;
  readonly terminal: Terminal;
}

/** The file that `--out` names. @throws OptionError when its name ends in none of the forms */
export function sampleFile(given: ParsedArguments): string | undefined {
  const chosen = given.text('out');
  if (chosen !== undefined && !forms.includes(extname(chosen))) {
    throw new OptionError(`--out ${chosen}: the name must end in ${forms.join(' or ')}`, '--out', chosen);
  }
  return chosen;
}

/**
 * Writes samples as a picture, or, where they are no images or the file's name says so, all their numbers.
 *
 * @returns the file as it was named
 * @throws OutputError when it cannot be written
 */
export async function writeSampleFile(
  chosen: string | undefined,
  { name, picture, arrays, terminal }: SampleFileContent,
): Promise<string> {
  const out = chosen ?? `${name}${picture === undefined ? '.npz' : '.png'}`;
  const file = resolve(terminal.workingDirectory, out);
  if (extname(out) === '.npz') {
    const entries = Object.entries(arrays).map(
      ([key, { data, count, sampleShape }]) =>
        [`${key}.npy`, writeNpy({ shape: [count, ...sampleShape], data })] as const,
    );
    writeOutputFile(file, await writeZip(new Map(entries)));
  } else if (picture === undefined) {
    const { sampleShape } = Object.values(arrays)[0];
    throw new OptionError(
      `--out ${out}: samples of shape [${sampleShape.join(', ')}] are no images; write them into an .npz file`,
      '--out',
      out,
    );
  } else {
    writeOutputFile(file, picture);
  }
  return out;
}
