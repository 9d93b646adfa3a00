import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BackendError } from '@dist-gan/core';
import { unpackZip } from '@dist-gan/datasets/files';
import { runProgram, type CommandOptions } from './child-process.js';

export interface WheelRequest {
  readonly name: string;
  readonly version: string;
  /** The interpreter that runs pip. It need not be the one that the wheel is for. */
  readonly python: string;
}

/**
 * Wheels of this Python are fetched whatever Python is here: only the libraries inside are used, which are the same
 * in the wheels of all.
 */
const wheelPython = '3.11';

/** How wheels of Linux name the C library that they need, old and new; pip takes none but those that are listed. */
const systems = ['1', '2010', '2014', '_2_17', '_2_27', '_2_28'].map((suffix) => `manylinux${suffix}`);

/**
 * Fetches a Python wheel with pip, which checks it, and unpacks the files whose names match into `folder`.
 *
 * @throws BackendError there is no such wheel, the package index cannot be reached, the wheel cannot be unpacked, or nothing in it
 *   matches
 */
export async function unpackWheel(
  { name, version, python }: WheelRequest,
  matching: RegExp,
  folder: string,
  options: CommandOptions,
): Promise<void> {
  const processor = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  const platforms = systems.flatMap((system) => ['--platform', `${system}_${processor}`]);
  const selection = [
    '--no-deps',
    '--only-binary=:all:',
    '--implementation=cp',
    `--python-version=${wheelPython}`,
  ];
  const downloads = join(folder, 'downloads');
  await runProgram(
    python,
    [
      '-m',
      'pip',
      'download',
      '--quiet',
      '--disable-pip-version-check',
      ...selection,
      ...platforms,
      `--dest=${downloads}`,
      `${name}==${version}`,
    ],
    `Is the Python package index reachable, and is there a wheel of ${name} ${version} for ${processor}? ` +
      'Of TensorFlow, another version can be named with --version.',
    options,
  );
  const [wheel] = readdirSync(downloads);
  const names = await unpackZip(join(downloads, wheel), matching, folder, options.signal).catch(
    (cause: unknown) => {
      options.signal?.throwIfAborted();
      const reason = (cause as Error).message;
      throw new BackendError(`setup: ${wheel} cannot be unpacked: ${reason}; is the disk full?`, name, {
        cause,
      });
    },
  );
  if (names.length === 0) {
    throw new BackendError(
      `setup: nothing in ${wheel} matches ${matching.source}; of TensorFlow, another version can be named with --version`,
      name,
    );
  }
  rmSync(downloads, { recursive: true });
}
