import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, onnxRuntimeFolder } from '@dist-gan/core';
import type { CommandOptions } from './child-process.js';
import { fetchPackage } from './npm.js';
import { makeWholeFolder } from './workshop.js';

/** The version of onnxruntime-node that this program is tested with. */
const defaultOnnxRuntime = '1.30.0';

/**
 * Brings onnxruntime-node from npm without its install script, which downloads what the CPU engine does not need.
 *
 * @returns the folder, and whether it was there already
 */
export async function setUpOnnxRuntime(
  onStep: (text: string) => void,
  options: CommandOptions,
): Promise<{ folder: string; built: boolean }> {
  const folder = join(cacheFolder(options.environment), onnxRuntimeFolder, defaultOnnxRuntime);
  if (existsSync(folder)) return { folder, built: false };
  await makeWholeFolder(folder, async (temporary) => {
    onStep(`fetching onnxruntime-node ${defaultOnnxRuntime} from npm (0.1 GB, 0.3 GB on disk)`);
    await fetchPackage(`onnxruntime-node@${defaultOnnxRuntime}`, temporary, options);
  });
  return { folder, built: true };
}
