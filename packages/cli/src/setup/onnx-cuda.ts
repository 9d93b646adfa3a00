import { existsSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { BackendError, cacheFolder, checkFolderWritable } from '@dist-gan/core';
import { compile, inspectOnnxRuntime } from '@dist-gan/compiler';
import * as tf from '@tensorflow/tfjs-core';
import type { CommandOptions } from './child-process.js';
import { findPython, requireLinux } from './prerequisites.js';
import { unpackWheel } from './wheel.js';
import { makeWholeFolder } from './workshop.js';

const libraries = ['libonnxruntime_providers_shared.so', 'libonnxruntime_providers_cuda.so'];

/**
 * Puts ONNX Runtime's CUDA provider beside the library that loads it. npm's package leaves it to an install script
 * that downloads; the Python wheel of the same version has the same files.
 *
 * @returns the folder that holds them, and whether they were there already
 */
export async function setUpOnnxCuda(
  onStep: (text: string) => void,
  options: CommandOptions,
): Promise<{ folder: string; version: string; built: boolean }> {
  requireLinux('on Windows the npm package brings its GPU support itself');
  const { version, native } = findOnnxRuntime();
  checkFolderWritable(native, 'install dist-gan and onnxruntime-node in a folder of your own');
  const folder = join(cacheFolder(options.environment), 'onnx-cuda', version);
  const built = !existsSync(folder);
  if (built) {
    const python = await findPython(options);
    onStep(`fetching the CUDA provider of ONNX Runtime ${version} (about 300 MB)`);
    await makeWholeFolder(folder, async (temporary) => {
      const files = new RegExp(`^onnxruntime/capi/(${libraries.join('|')})$`);
      await unpackWheel({ name: 'onnxruntime-gpu', version, python }, files, temporary, options);
      for (const library of libraries) {
        renameSync(join(temporary, 'onnxruntime', 'capi', library), join(temporary, library));
      }
      rmSync(join(temporary, 'onnxruntime'), { recursive: true });
    });
  }
  onStep(`linking it into ${native}`);
  for (const library of libraries) {
    const link = join(native, library);
    rmSync(link, { force: true });
    symlinkSync(join(folder, library), link);
  }
  return { folder, version, built };
}

/** The onnxruntime-node that this program runs, and the folder of its libraries. */
function findOnnxRuntime(): { version: string; native: string } {
  const { version, folder } = inspectOnnxRuntime();
  const native = ['napi-v6', 'napi-v3']
    .map((api) => join(folder, 'bin', api, process.platform, process.arch))
    .find((path) => existsSync(path));
  if (native === undefined) {
    throw new BackendError(`setup: onnxruntime-node ${version} has no libraries for this system`, 'onnx');
  }
  return { version, native };
}

/** Whether CUDA now works: undefined, or why not. */
export async function tryOnnxCuda(): Promise<string | undefined> {
  try {
    const negate = await compile(({ x }) => ({ y: tf.neg(x) }), {
      target: 'onnx',
      device: 'cuda',
      inputs: { x: { shape: [2] } },
    });
    const { y } = await negate.run({ x: Float32Array.of(1, -2) });
    negate.dispose();
    return y.data[0] === -1 && y.data[1] === 2
      ? undefined
      : `it computes ${String(y.data)} where -1,2 is right`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
