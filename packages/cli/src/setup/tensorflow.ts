import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { BackendError, cacheFolder, makeFolder } from '@dist-gan/core';
import { tensorFlowFolder } from '@dist-gan/compiler';
import { version_core } from '@tensorflow/tfjs-core';
import { runProgram, type CommandOptions } from './child-process.js';
import { fetchPackage } from './npm.js';
import { findPython, requireCompiler, requireLinux } from './prerequisites.js';
import { unpackWheel } from './wheel.js';
import { makeWholeFolder } from './workshop.js';

export interface TensorFlowSetup {
  readonly gpu: boolean;
  /** Of TensorFlow. */
  readonly version: string;
  /** Hears of each step before it begins. */
  readonly onStep: (text: string) => void;
}

/** The newest TensorFlow that tfjs-node is known to build and run with, and the fastest of those tried. */
export const defaultTensorFlow = '2.15.1';

/** What a path cannot have that stands in a makefile and in a command, as it is. Letters of all languages can. */
const unbuildable = /[^\p{L}\p{M}\p{N}/._+@,=~-]/u;

/**
 * Makes a tfjs-node that works without the downloads of its own install script: the package from npm, its addon built
 * here, and the libraries of TensorFlow's Python wheel beside it.
 *
 * @returns the folder, and whether it was there already
 * @throws BackendError something that it needs is missing; nothing is left behind then
 */
export async function setUpTensorFlow(
  setup: TensorFlowSetup,
  options: CommandOptions,
): Promise<{ folder: string; built: boolean }> {
  const { gpu, version, onStep } = setup;
  if (!/^2\.\d+\.\d+$/.test(version)) {
    throw new BackendError(
      `setup: --version must be a version of TensorFlow such as ${defaultTensorFlow} (got ${version})`,
      'tensorflow',
    );
  }
  requireLinux('install @tensorflow/tfjs-node, whose own script fetches TensorFlow');
  const folder = join(
    cacheFolder(options.environment),
    tensorFlowFolder,
    `${gpu ? 'gpu' : 'cpu'}-${version}`,
  );
  if (existsSync(folder)) return { folder, built: false };
  const wrong = unbuildable.exec(folder)?.[0];
  if (wrong !== undefined) {
    throw new BackendError(
      `setup: ${folder} has "${wrong}" in its name, with which node-gyp cannot build; name another folder with DIST_GAN_CACHE, for runs, too`,
      'tensorflow',
    );
  }
  const python = await findPython(options);
  await requireCompiler(options);
  await makeWholeFolder(folder, async (temporary) => {
    const name = gpu ? '@tensorflow/tfjs-node-gpu' : '@tensorflow/tfjs-node';
    onStep(`fetching ${name} ${version_core} from npm`);
    await fetchPackage(`${name}@${version_core}`, temporary, options);
    onStep(
      `fetching TensorFlow ${version} for the ${gpu ? 'GPU (0.5 GB, and 2 GB of CUDA)' : 'CPU (about 200 MB)'}`,
    );
    await fetchLibraries(setup, python, temporary, options);
    onStep('building the addon');
    const packageFolder = join(temporary, 'node_modules', name);
    placeLibraries(temporary, packageFolder);
    await buildAddon(packageFolder, options);
    onStep('trying it');
    await tryAddon(packageFolder, options);
    // What only the build needs.
    for (const path of ['deps/include', 'build']) rmSync(join(packageFolder, path), { recursive: true });
    rmSync(join(temporary, 'tensorflow', 'include'), { recursive: true });
  });
  return { folder, built: true };
}

async function fetchLibraries(
  { gpu, version }: TensorFlowSetup,
  python: string,
  folder: string,
  options: CommandOptions,
): Promise<void> {
  const files = /^tensorflow\/(include\/|libtensorflow_(cc|framework)\.so)|dist-info\/METADATA$/;
  const name = gpu ? 'tensorflow' : 'tensorflow-cpu';
  await unpackWheel({ name, version, python }, files, folder, options);
  if (!gpu) return;
  for (const library of cudaLibraries(folder)) {
    await unpackWheel({ ...library, python }, /^nvidia\/.*\.so/, folder, options);
  }
}

/** The CUDA libraries of the extra `and-cuda`, as the wheel names them. */
function cudaLibraries(folder: string): { name: string; version: string }[] {
  const information = readdirSync(folder).find((name) => name.endsWith('.dist-info'))!;
  const metadata = readFileSync(join(folder, information, 'METADATA'), 'utf8');
  const line = /^Requires-Dist: (nvidia-[\w-]+) ?\(?==([\d.]+)\)? ?; extra == ['"]and-cuda['"]$/gm;
  const found = [...metadata.matchAll(line)].map(([, name, version]) => ({ name, version }));
  if (found.length === 0) {
    throw new BackendError(
      'setup: this TensorFlow does not name the CUDA libraries that it needs; 2.14 and newer do',
      'tensorflow',
    );
  }
  return found;
}

/** Where tfjs-node looks for headers and libraries, and TensorFlow beside itself for CUDA. */
function placeLibraries(folder: string, packageFolder: string): void {
  const deps = join(packageFolder, 'deps');
  const wheel = '../../../../../tensorflow';
  makeFolder(join(deps, 'lib'));
  symlinkSync('../../../../tensorflow/include', join(deps, 'include'));
  for (const [link, library] of [
    ['libtensorflow.so', 'libtensorflow_cc.so.2'],
    ['libtensorflow_cc.so.2', 'libtensorflow_cc.so.2'],
    ['libtensorflow_framework.so', 'libtensorflow_framework.so.2'],
    ['libtensorflow_framework.so.2', 'libtensorflow_framework.so.2'],
  ]) {
    symlinkSync(join(wheel, library), join(deps, 'lib', link));
  }
  if (existsSync(join(folder, 'nvidia'))) symlinkSync('../../../../nvidia', join(deps, 'nvidia'));
}

async function buildAddon(packageFolder: string, options: CommandOptions): Promise<void> {
  // npm carries node-gyp, and says where to what it runs.
  const gyp = await runProgram(
    'npm',
    ['exec', '--offline', '--yes', '--call', 'node -p process.env.npm_config_node_gyp'],
    'npm does not say where its node-gyp is; use a newer npm.',
    options,
  );
  const prefix = resolve(dirname(process.execPath), '..');
  const headers = existsSync(join(prefix, 'include', 'node', 'node_api.h')) ? [`--nodedir=${prefix}`] : [];
  await runProgram(
    process.execPath,
    [
      gyp.trim(),
      'rebuild',
      ...headers,
      '--napi_build_version=8',
      '--module_name=tfjs_binding',
      `--module_path=${join(packageFolder, 'lib', 'napi-v8')}`,
    ],
    'The addon of tfjs-node could not be built.',
    { ...options, workingDirectory: packageFolder },
  );
}

/** A product that comes out right, in a process of its own: a library that does not load would end this one. */
async function tryAddon(packageFolder: string, options: CommandOptions): Promise<void> {
  const program = `
    const util = require('util');
    util.isNullOrUndefined ??= (value) => value === null || value === undefined;
    util.isArray ??= Array.isArray;
    const tf = require(process.argv[1]);
    const product = tf.matMul(tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[5], [6]])).dataSync();
    if (product[0] !== 17 || product[1] !== 39) throw new Error('a product is wrong: ' + product);
  `;
  await runProgram(
    process.execPath,
    ['-e', program, packageFolder],
    'The addon was built but does not run; try another --version.',
    options,
  );
}
